package io.rankline.server.config;

import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ModelSource;
import io.rankline.server.model.VersionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The models of TensorFlow Serving's {@code --model_config_file}:
 *
 * <pre>
 * model_config_list {
 *   config {
 *     name: "shop"
 *     base_path: "/models/shop"
 *     model_version_policy { specific { versions: 4 versions: 5 } }
 *     version_labels { key: "stable" value: 4 }
 *   }
 * }
 * </pre>
 *
 * <p>The policy is the latest version by default; {@code model_platform} is read and not looked at.
 */
public final class ModelConfigFile implements ModelSource {

  private final Path file;

  /** The models of a file. */
  public ModelConfigFile(Path file) {
    this.file = file;
  }

  /**
   * The models as the file has them now.
   *
   * @throws ConfigException with the line of a fault
   */
  @Override
  public List<ModelSettings> read() throws IOException {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException("model-config-file %s is missing".formatted(file), e);
    }
  }

  /** The models of a text. */
  static List<ModelSettings> parse(String place, String text) {
    TextMessage whole = TextReader.read(place, text);
    whole.allow("model_config_list");
    List<ModelSettings> models = new ArrayList<>();
    for (TextMessage list : whole.messages("model_config_list")) {
      list.allow("config");
      for (TextMessage config : list.messages("config")) {
        models.add(model(config));
      }
    }
    if (models.isEmpty()) {
      throw new ConfigException(
          place, 1, "names no model; expected model_config_list { config { name base_path } }");
    }
    return models;
  }

  private static ModelSettings model(TextMessage config) {
    config.allow(
        "name",
        "base_path",
        "model_platform",
        "model_version_policy",
        "version_labels",
        "logging_config");
    Map<String, Long> labels = new LinkedHashMap<>();
    for (TextMessage label : config.messages("version_labels")) {
      label.allow("key", "value");
      labels.put(
          label.text("key").orElse(""), label.numbers("value").stream().findFirst().orElse(0L));
    }
    try {
      return new ModelSettings(
          config.text("name").orElse(""),
          config.text("base_path").orElse(""),
          config
              .message("model_version_policy")
              .map(ModelConfigFile::policy)
              .orElse(new VersionPolicy.Latest(1)),
          labels);
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(config.place(), config.line(), String.valueOf(e.getMessage()));
    }
  }

  private static VersionPolicy policy(TextMessage policy) {
    policy.allow("latest", "all", "specific");
    if (policy.message("specific").isPresent()) {
      TextMessage specific = policy.message("specific").get();
      specific.allow("versions");
      return new VersionPolicy.Specific(new TreeSet<>(specific.numbers("versions")));
    }
    if (policy.message("all").isPresent()) {
      return new VersionPolicy.All();
    }
    if (policy.message("latest").isPresent()) {
      TextMessage latest = policy.message("latest").get();
      latest.allow("num_versions");
      List<Long> count = latest.numbers("num_versions");
      return new VersionPolicy.Latest(
          count.isEmpty() ? 1 : (int) Math.min(count.get(0), Integer.MAX_VALUE));
    }
    return new VersionPolicy.Latest(1);
  }
}
