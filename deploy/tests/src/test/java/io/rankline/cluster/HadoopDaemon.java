package io.rankline.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One of Hadoop's daemons, or one of its commands, run from its main class: no scripts needed. */
final class HadoopDaemon {

  private HadoopDaemon() {}

  static ChildProcess start(String name, Path configuration, String mainClass, String... words) {
    String jars =
        Built.hadoopJars().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The web filters and Guice of Hadoop 3.3 reach into the class loader.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                configuration + File.pathSeparator + jars,
                mainClass));
    command.addAll(List.of(words));
    Path log = configuration.resolveSibling(name + ".log");
    return ChildProcess.daemon(name, log, Map.of(), command);
  }
}
