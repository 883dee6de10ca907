package io.rankline.keras;

import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.input.TokenFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the inputs of a tower stand in another tool's rows. TF-Ranking has the context's features,
 * then those of items, each sorted by name; rows here have embeddings behind all numbers.
 */
final class InputOrder {

  /** Code points, as Python sorts texts. */
  private static final Comparator<Input> AS_PYTHON_SORTS =
      Comparator.comparing(input -> input.name().codePoints().toArray(), Arrays::compare);

  /**
   * A feature in a row.
   *
   * @param first its first column here
   * @param width its columns
   * @param ofContext whether it is one of the query's
   */
  private record Input(String name, int first, int width, boolean ofContext) {}

  private final List<Input> inputs;

  private InputOrder(List<Input> inputs) {
    this.inputs = inputs;
  }

  /** Of a model's rows. */
  static InputOrder of(EncodedInputs plan) {
    List<Input> inputs = new ArrayList<>();
    for (FeatureColumns columns : plan.contextColumns()) {
      inputs.add(new Input(columns.name(), columns.first(), columns.width(), true));
    }
    int contextWidth = plan.contextWidth();
    for (FeatureColumns columns : plan.exampleColumns()) {
      inputs.add(new Input(columns.name(), contextWidth + columns.first(), columns.width(), false));
    }
    int next = contextWidth + plan.exampleWidth();
    for (boolean ofContext : List.of(true, false)) {
      for (List<TokenFeature> features : plan.tables().values()) {
        for (TokenFeature feature : features) {
          if (plan.contextTokens().contains(feature) == ofContext) {
            int width = feature.embedding().dimension();
            inputs.add(new Input(feature.name(), next, width, ofContext));
            next += width;
          }
        }
      }
    }
    return new InputOrder(inputs);
  }

  /**
   * For each column of a row here, its column there.
   *
   * @param names of all features in the order they have there; empty for TF-Ranking's order
   * @throws IllegalArgumentException if names are not those of the features, each once
   */
  int[] columnsThere(List<String> names) {
    List<Input> there = names.isEmpty() ? sorted() : named(names);
    int[] columns = new int[inputs.stream().mapToInt(Input::width).sum()];
    int next = 0;
    for (Input input : there) {
      for (int k = 0; k < input.width(); k++) {
        columns[input.first() + k] = next++;
      }
    }
    return columns;
  }

  /** Whether columns stand there as they do here. */
  static boolean isSame(int[] columnsThere) {
    return Arrays.equals(columnsThere, IntStream.range(0, columnsThere.length).toArray());
  }

  private List<Input> sorted() {
    return inputs.stream()
        .sorted(
            Comparator.comparing((Input input) -> !input.ofContext())
                .thenComparing(AS_PYTHON_SORTS))
        .toList();
  }

  private List<Input> named(List<String> names) {
    List<String> wrong = new ArrayList<>();
    List<Input> found = new ArrayList<>();
    for (String name : names) {
      List<Input> meant = inputs.stream().filter(input -> input.name().equals(name)).toList();
      if (meant.size() == 1 && !found.contains(meant.get(0))) {
        found.add(meant.get(0));
      } else {
        wrong.add("'%s' is %s".formatted(name, fault(meant.size())));
      }
    }
    String missing =
        inputs.stream()
            .filter(input -> !found.contains(input))
            .map(Input::name)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      wrong.add("it lacks " + missing);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "feature order must name each feature of the model once: " + String.join("; ", wrong));
    }
    return found;
  }

  private static String fault(int meant) {
    return switch (meant) {
      case 0 -> "no feature";
      case 1 -> "named twice";
      default -> "a feature of the context and of items";
    };
  }
}
