package io.rankline.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The files of a Hadoop configuration folder. */
final class HadoopFiles {

  private HadoopFiles() {}

  /** Writes one, as {@code core-site.xml}. */
  static void write(Path folder, String file, Map<String, String> properties) {
    Configuration configuration = new Configuration(false);
    properties.forEach(configuration::set);
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
        configuration.writeXml(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
