package io.rankline.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the modules before this one have built. */
final class Built {

  private static final Path APPLICATION = Path.of("..", "..", "spark-app", "target");

  private static final Path TREES = Path.of("..", "..", "ranking-trees", "target");

  private Built() {}

  /** The jar that is given to {@code spark-submit}. */
  static Path assembledJar() {
    return jar(APPLICATION, "-assembled.jar");
  }

  /** The jar that scores in plain Java. */
  static Path scorerJar() {
    return jar(Path.of("..", "..", "ranking-lib", "target"), "-scorer.jar");
  }

  /** The jars that grow trees: ours, and XGBoost's. */
  static List<Path> treeJars() {
    List<Path> jars = new ArrayList<>(jars(TREES.resolve("launcher").resolve("classpath")));
    jars.add(jar(TREES, ".jar"));
    return jars;
  }

  /** The jars of a Spark distribution. */
  static List<Path> sparkJars() {
    return jars(Path.of("spark-home", "target", "classpath"));
  }

  /** The jars that Hadoop's daemons run from. */
  static List<Path> hadoopJars() {
    return jars(Path.of("hadoop-daemons", "target", "classpath"));
  }

  /** The jars of the connector to an object store: {@code gs} or {@code s3a}. */
  static List<Path> connectorJars(String store) {
    return jars(Path.of("..", "connectors", store, "target", "launcher", "classpath"));
  }

  /** The jars that a server of the S3 protocol runs from. */
  static List<Path> s3Jars() {
    return jars(Path.of("s3-server", "target", "classpath"));
  }

  /** The jars that Zeppelin's server runs from. */
  static List<Path> zeppelinJars() {
    return jars(Path.of("zeppelin-server", "target", "classpath"));
  }

  /** The jars that the application needs at run time, beside its own. */
  static List<Path> applicationJars() {
    return jars(APPLICATION.resolve("launcher").resolve("classpath"));
  }

  /** A file or folder of the repository. */
  static Path inRepository(String path) {
    try {
      return Path.of("..", "..").resolve(path).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> missing(folder.resolve("…" + ending)))
          .toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> jars(Path list) {
    if (!Files.exists(list)) {
      throw missing(list);
    }
    try {
      return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException missing(Path file) {
    return new IllegalStateException(
        "there is no %s; these tests need what 'mvn package' makes, so run 'mvn verify' for all"
                .formatted(file.toAbsolutePath().normalize())
            + " modules");
  }
}
