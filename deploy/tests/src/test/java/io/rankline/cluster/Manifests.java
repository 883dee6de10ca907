package io.rankline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;

/** Manifests of the repository, checked against types: an unknown field is a fault. */
final class Manifests {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> PACKAGES =
      List.of("", "apps.", "batch.v1.", "rbac.", "policy.v1.");

  /** Reads into the library's types as if they kept no fields that they do not know. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Manifests() {}

  /** The documents of a file. */
  static List<JsonNode> read(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  /** The manifest as Kubernetes' own kind of that name, as {@code Pod}. */
  static Object typed(JsonNode manifest, String kind) throws IOException {
    for (String name : PACKAGES) {
      Optional<Class<?>> type = type(name + kind);
      if (type.isPresent()) {
        return STRICT.treeToValue(manifest, type.get());
      }
    }
    throw new IOException("no kind of Kubernetes: " + kind);
  }

  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName("io.fabric8.kubernetes.api.model." + name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What an operator's kind does not know, or has as another type: path and reason. */
  static List<String> faults(JsonNode manifest) throws IOException {
    List<String> faults = new ArrayList<>();
    String kind = manifest.get("apiVersion").asText() + " " + manifest.get("kind").asText();
    check("spec", manifest.get("spec"), fields(kind), kind, faults);
    return faults;
  }

  private static void check(
      String path, JsonNode value, Map<String, String> fields, String kind, List<String> faults)
      throws IOException {
    String type = fields.get(path);
    if (type != null && type.matches("[A-Z]\\w+")) {
      checkTyped(path, value, type, kind, faults);
    } else if (value.isObject()) {
      for (Entry<String, JsonNode> field : value.properties()) {
        String own = path + "." + field.getKey();
        boolean isKey = fields.keySet().stream().anyMatch(name -> name.startsWith(path + ".*"));
        check(isKey ? path + ".*" : own, field.getValue(), fields, kind, faults);
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        check(path + "[]", element, fields, kind, faults);
      }
    } else if (type == null) {
      faults.add(path + " is unknown");
    } else if (!fits(value, type)) {
      faults.add("%s must be %s, got %s".formatted(path, type, value));
    }
  }

  private static void checkTyped(
      String path, JsonNode value, String type, String kind, List<String> faults)
      throws IOException {
    if (type.equals("SparkApplication")) {
      String application = kind.replaceFirst(" .*", " SparkApplication");
      check("spec", value, fields(application), application, faults);
      return;
    }
    try {
      typed(value, type);
    } catch (JsonProcessingException e) {
      faults.add(path + ": " + e.getOriginalMessage());
    }
  }

  private static boolean fits(JsonNode value, String type) {
    return switch (type) {
      case "integer" -> value.isInt();
      case "boolean" -> value.isBoolean();
      case "string" -> value.isTextual();
      default -> List.of(type.split("\\|", -1)).contains(value.asText());
    };
  }

  private static Map<String, String> fields(String kind) {
    Map<String, String> fields = new TreeMap<>();
    boolean within = false;
    try {
      for (String line :
          Files.readAllLines(Path.of("src", "test", "resources", "operator-fields.txt"))) {
        if (line.startsWith("spec") && within) {
          fields.put(line.replaceFirst(" .*", ""), line.replaceFirst("[^ ]* ", ""));
        } else if (!line.startsWith("spec")) {
          within = line.equals(kind);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }
}
