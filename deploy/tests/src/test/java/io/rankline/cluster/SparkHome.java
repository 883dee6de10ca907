package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * A Spark installation: links to the jars that Maven fetched, and the two scripts that matter.
 *
 * @param folder what {@code SPARK_HOME} names
 */
record SparkHome(Path folder) {

  private static boolean made;

  /** The installation of these tests, made anew by the first who asks. */
  static synchronized SparkHome make() {
    SparkHome home = new SparkHome(Path.of("target", "spark-home").toAbsolutePath());
    if (!made) {
      home.link();
      made = true;
    }
    return home;
  }

  /**
   * One whose spark-submit is a script of its own, and that has nothing else.
   *
   * @param folder that it is made in
   * @param script text of a shell script
   */
  static SparkHome whoseSubmitIs(Path folder, String script) throws IOException {
    SparkHome home = new SparkHome(folder);
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    makeExecutable(Files.writeString(submit, script));
    return home;
  }

  private void link() {
    try {
      Path jars = Files.createDirectories(folder.resolve("jars"));
      for (Path jar : Built.sparkJars()) {
        Path link = jars.resolve(Objects.requireNonNull(jar.getFileName()));
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, jar);
      }
      Path bin = Files.createDirectories(folder.resolve("bin"));
      for (String script : List.of("spark-class", "spark-submit")) {
        Path source = Path.of("src", "test", "resources", "spark-home", "bin", script);
        Path target = bin.resolve(script);
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        makeExecutable(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeExecutable(Path script) throws IOException {
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
  }

  /** A script of this installation. */
  String script(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }
}
