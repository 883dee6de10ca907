package io.rankline.loss;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.text.Fault;
import io.rankline.text.FaultsException;
import io.rankline.text.KnownNames;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one loss: the options of its record, and those of the records that are its
 * parts, as a sampler or the pair weights of LambdaLoss.
 */
final class LossOptions {

  private static final String LAMBDA_WEIGHT = "lambda_weight";
  private static final String LABEL_SMOOTHING = "label_smoothing";

  private final LossKey key;
  private final RecordCodec<?> codec;

  /** Codecs of the parts, by the name of their component. */
  private final SortedMap<String, RecordCodec<?>> parts = new TreeMap<>();

  private final SortedMap<String, OptionSpec> options = new TreeMap<>();

  LossOptions(LossKey key) {
    this.key = key;
    this.codec = RecordCodec.of(key.type().asSubclass(Record.class));
    for (OptionSpec component : codec.components()) {
      if (!component.isInText()) {
        parts.put(component.name(), part(component.type().asSubclass(Record.class)));
      }
    }
    add(codec);
    parts.values().forEach(this::add);
  }

  /** All of them, by key. */
  List<OptionSpec> options() {
    return List.copyOf(options.values());
  }

  /** The loss that a section describes; null after a fault, which the section notes. */
  @Nullable RankingLoss read(Section section) {
    int faults = section.faultCount();
    if (!options.containsKey(LABEL_SMOOTHING) && section.keys().contains(LABEL_SMOOTHING)) {
      section.value(LABEL_SMOOTHING); // looked at
      section.fault(LABEL_SMOOTHING, "must be left out: " + notTaken(LABEL_SMOOTHING));
    }
    Map<String, @Nullable Object> made = new HashMap<>();
    parts.forEach(
        (component, part) -> {
          Record read = part.read(section);
          // The rules of the others are judged all the same.
          made.put(component, read == null ? part.defaults() : read);
        });
    return codec.read(
        section,
        said -> {
          made.putAll(said);
          RankingLoss loss = create(codec, made);
          return section.faultCount() > faults ? null : loss;
        });
  }

  /** The parameters of a loss as text has them; ranks and positions that are all are left out. */
  Map<String, Object> write(RankingLoss loss) {
    Map<String, Object> text = new LinkedHashMap<>(RecordCodec.write((Record) loss));
    for (OptionSpec component : codec.components()) {
      if (!component.isInText() && component.value((Record) loss) instanceof Record part) {
        text.putAll(RecordCodec.write(part));
      }
    }
    text.keySet().retainAll(options.keySet());
    if (Double.valueOf(0).equals(text.get(LABEL_SMOOTHING))) {
      text.remove(LABEL_SMOOTHING); // earlier versions read what they know
    }
    return text;
  }

  /**
   * The loss with some parameters given, defaults for the others.
   *
   * @throws IllegalArgumentException if the loss does not take a parameter, needs one that is
   *     missing, or a value is out of range
   */
  RankingLoss create(Map<String, ?> given) {
    List<Fault> faults = new ArrayList<>();
    Map<String, @Nullable Object> values = new HashMap<>();
    given.forEach(
        (name, value) -> {
          OptionSpec option = options.get(name);
          if (option == null) {
            faults.add(Fault.ofSentence(notTaken(name)));
          } else if (!value.equals("null") || !"null".equals(key.parameters().get(name))) {
            Object read = read(option, value);
            values.put(name, read);
            if (read == null) {
              faults.add(
                  Fault.of(name, "must be %s, got '%s'".formatted(option.typeWords(), value)));
            }
          }
        });
    boolean isKnown = faults.isEmpty();
    options.forEach(
        (name, option) -> {
          if (isKnown && !option.hasFallback() && !given.containsKey(name)) {
            faults.add(
                Fault.ofSentence(
                    "%s needs %s, %s".formatted(key.wireName(), name, option.typeWords())));
          }
        });
    if (!faults.isEmpty()) {
      throw new FaultsException(faults);
    }
    Map<String, @Nullable Object> made = new HashMap<>();
    parts.forEach((component, part) -> made.put(component, part.create(ofCodec(part, values))));
    made.putAll(ofCodec(codec, values));
    return create(codec, made);
  }

  private RankingLoss create(RecordCodec<?> record, Map<String, @Nullable Object> values) {
    for (OptionSpec option : record.options()) {
      if (values.get(option.name()) instanceof LambdaWeight weight
          && !option.type().isInstance(weight)) {
        throw new IllegalArgumentException(misfit(option.type(), weight));
      }
    }
    return (RankingLoss) record.create(values);
  }

  private RecordCodec<?> part(Class<? extends Record> type) {
    LambdaLossScheme scheme = key.scheme();
    RecordCodec<?> part = RecordCodec.of(type);
    if (scheme == null) {
      return part;
    }
    RecordCodec<?> ofScheme = part.with(Map.of("scheme", scheme));
    return scheme == LambdaLossScheme.NDCG_LOSS2PP ? ofScheme : ofScheme.without("mu");
  }

  private void add(RecordCodec<?> record) {
    record.options().forEach(option -> options.put(option.key(), option));
  }

  /** The values of the options of one record, by the names of its components. */
  private static Map<String, @Nullable Object> ofCodec(
      RecordCodec<?> record, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> named = new HashMap<>();
    for (OptionSpec option : record.options()) {
      if (values.containsKey(option.key())) {
        named.put(option.name(), values.get(option.key()));
      }
    }
    return named;
  }

  /** A value given in Java as the option has it; null if it has another type. */
  private static @Nullable Object read(OptionSpec option, Object value) {
    Class<?> type = option.type();
    boolean isWeight = LambdaWeight.class.isAssignableFrom(type);
    if (type.isInstance(value) || (isWeight && value instanceof LambdaWeight)) {
      return value;
    }
    String text = String.valueOf(value);
    try {
      return type == Integer.class
          ? (Object) Integer.valueOf(text)
          : type == Long.class
              ? (Object) Long.valueOf(text)
              : type == Double.class
                  ? (Object) Double.valueOf(text)
                  : text.matches("true|false") && type == Boolean.class
                      ? (Object) Boolean.valueOf(text)
                      : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private String misfit(Class<?> wanted, LambdaWeight weight) {
    String kinds =
        wanted == PairLambdaWeight.class
            ? "for pairs"
            : wanted == DcgLambdaWeight.class ? "of kind dcg or ndcg" : "of kind list_mle";
    String instead =
        weight instanceof ListMleLambdaWeight ? "list_mle_loss" : "pairwise_logistic_loss";
    return "%s takes a lambda_weight %s, got %s; use %s for it"
        .formatted(key.wireName(), kinds, weight.kind(), instead);
  }

  private String notTaken(String name) {
    if (name.equals(LAMBDA_WEIGHT)) {
      return "%s takes no lambda_weight; use pairwise_logistic_loss, softmax_loss or list_mle_loss"
          .formatted(key.wireName());
    }
    if (name.equals(LABEL_SMOOTHING)) {
      return ("%s takes no label_smoothing, which has no meaning in it; use softmax_loss,"
              + " poly_one_softmax_loss, pairwise_logistic_loss, ordinal_loss,"
              + " sigmoid_cross_entropy_loss or multi_class_loss")
          .formatted(key.wireName());
    }
    Set<String> known = new TreeSet<>();
    for (LossKey any : LossKey.values()) {
      known.addAll(any.parameters().keySet());
    }
    if (!known.contains(name)) {
      return "unknown loss parameter '%s'; expected one of %s"
          .formatted(name, String.join(", ", KnownNames.nearestFirst(name, known)));
    }
    String names = String.join(", ", options.keySet());
    return "%s takes no %s; it takes %s"
        .formatted(key.wireName(), name, names.isEmpty() ? "no parameters" : names);
  }
}
