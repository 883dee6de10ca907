package io.rankline.spark.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a sweep notes down in a trial's folder, so that a later sweep knows what is done.
 *
 * @param configuration SHA-256 of the trial's resolved configuration
 * @param epochs that it was to have; 0 for all of its configuration
 * @param failure what went wrong; empty if nothing did
 */
record TrialRecord(String configuration, int epochs, String failure) {

  private static final String FILE = "trial.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Optional<TrialRecord> read(Folder folder) throws IOException {
    if (!folder.has(FILE)) {
      return Optional.empty();
    }
    try (InputStream in = folder.open(FILE)) {
      JsonNode root = MAPPER.readTree(in);
      return Optional.of(
          new TrialRecord(
              root.path("configuration_sha256").asText(),
              root.path("epochs").asInt(Sweep.ALL),
              root.path("failure").asText()));
    }
  }

  /**
   * Refuses a folder of another configuration.
   *
   * @param expected SHA-256 of what the folder has to be of
   * @param folder where this is noted down
   */
  void requireOf(String expected, Folder folder) throws IOException {
    if (!configuration.equals(expected)) {
      throw new IOException(
          "%s holds a run of another configuration; name another folder with --output, or delete it"
              .formatted(folder.path()));
    }
  }

  void write(Folder folder, Trial trial) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode parameters = root.putObject("parameters");
    trial.values().forEach(parameters::put);
    root.put("configuration_sha256", configuration).put("failure", failure);
    if (epochs != Sweep.ALL) {
      root.put("epochs", epochs);
    }
    byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    folder.create();
    folder.write(FILE, out -> out.write(text));
  }

  static String digest(String configuration) {
    return Sha256.of(configuration);
  }
}
