package io.rankline.loss;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.SampledLoss;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one loss: the options at the components of its record, and at those of its
 * sampler or of its scheme of LambdaLoss.
 */
final class LossOptions {

  /** Switches off the lambda weight of a loss that has one by default. */
  static final String NONE = "none";

  private final LossKey key;
  private final RecordCodec<? extends Record> codec;
  private final Map<LossParameter, OptionSpec> options = new TreeMap<>();

  LossOptions(LossKey key) {
    this.key = key;
    codec = RecordCodec.of(key.type().asSubclass(Record.class));
    add(codec);
    for (RecordComponent component : key.type().getRecordComponents()) {
      if (isPart(component.getType())) {
        add(RecordCodec.of(component.getType().asSubclass(Record.class)));
      }
    }
    if (key.type() == LambdaLoss.class && key != LossKey.NDCG_LOSS2PP) {
      options.remove(LossParameter.MU);
    }
  }

  /** Each parameter with its default as text. */
  Map<LossParameter, String> defaults() {
    Map<LossParameter, String> defaults = new TreeMap<>();
    options.forEach(
        (parameter, option) -> {
          String said = option.shownFallback();
          boolean isNull =
              "".equals(said)
                  || (parameter.kind() == LossParameter.Kind.LIMIT
                      && String.valueOf(Integer.MAX_VALUE).equals(said));
          defaults.put(parameter, said == null ? LossKey.REQUIRED : isNull ? "null" : said);
        });
    return Collections.unmodifiableMap(defaults);
  }

  /**
   * The loss with some parameters given, defaults for the others.
   *
   * @throws IllegalArgumentException if the loss does not take a parameter, needs one that is
   *     missing, or a value is out of range
   */
  RankingLoss create(LossParameters given) {
    for (LossParameter parameter : given.given()) {
      if (!options.containsKey(parameter)) {
        throw new IllegalArgumentException(notTaken(parameter));
      }
    }
    defaults()
        .forEach(
            (parameter, text) -> {
              if (text.equals(LossKey.REQUIRED) && given.get(parameter) == null) {
                throw new IllegalArgumentException(
                    "%s needs %s, %s"
                        .formatted(key.wireName(), parameter.wireName(), parameter.kind().words));
              }
            });
    Map<String, @Nullable Object> values = values(codec, given);
    for (RecordComponent component : key.type().getRecordComponents()) {
      Class<?> type = component.getType();
      if (isPart(type)) {
        RecordCodec<? extends Record> part = RecordCodec.of(type.asSubclass(Record.class));
        Map<String, @Nullable Object> parts = values(part, given);
        if (type == LambdaLossWeight.class) {
          parts.put("scheme", LambdaLossScheme.valueOf(key.name()));
        }
        values.put(component.getName(), part.create(parts));
      } else if (values.get(component.getName()) instanceof LambdaWeight weight) {
        requireKind(type, weight);
      }
    }
    return (RankingLoss) codec.create(values);
  }

  /** The parameters of a loss as text has them; ranks and positions that are all are left out. */
  Map<String, Object> write(RankingLoss loss) {
    Map<String, Object> text = new LinkedHashMap<>(RecordCodec.write((Record) loss));
    if (loss instanceof SampledLoss sampled) {
      text.putAll(RecordCodec.write(sampled.sampler()));
    } else if (loss instanceof LambdaLoss lambda) {
      text.putAll(RecordCodec.write(lambda.lambdaWeight()));
    }
    text.keySet().removeIf(name -> !options.containsKey(LossParameters.ofWireName(name)));
    text.values().removeIf(value -> value.equals(Integer.MAX_VALUE));
    if (options.containsKey(LossParameter.LAMBDA_WEIGHT)) {
      text.putIfAbsent(LossParameter.LAMBDA_WEIGHT.wireName(), NONE);
    }
    return text;
  }

  private void add(RecordCodec<? extends Record> record) {
    for (OptionSpec option : record.options()) {
      if (option.isInText()) {
        options.put(LossParameters.ofWireName(option.key()), option);
      }
    }
  }

  /** Whether the options of a component stand among those of the loss. */
  private static boolean isPart(Class<?> type) {
    return type == GumbelSampler.class || type == LambdaLossWeight.class;
  }

  /** The values given for the components of a record. */
  private static Map<String, @Nullable Object> values(
      RecordCodec<? extends Record> record, LossParameters given) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (OptionSpec option : record.options()) {
      if (!option.isInText()) {
        continue;
      }
      LossParameter parameter = LossParameters.ofWireName(option.key());
      Object value = given.get(parameter);
      if (value == LossParameters.NO_LAMBDA_WEIGHT) {
        values.put(option.name(), null);
      } else if (value instanceof Number number) {
        values.put(
            option.name(),
            switch (parameter.kind()) {
              case WHOLE, LIMIT -> (Object) number.intValue();
              case SEED -> (Object) number.longValue();
              default -> (Object) number.doubleValue();
            });
      } else if (value != null) {
        values.put(option.name(), value);
      }
    }
    return values;
  }

  private void requireKind(Class<?> wanted, LambdaWeight weight) {
    if (wanted.isInstance(weight)) {
      return;
    }
    String kinds =
        wanted == PairLambdaWeight.class
            ? "for pairs"
            : wanted == DcgLambdaWeight.class ? "of kind dcg or ndcg" : "of kind list_mle";
    String instead =
        weight instanceof ListMleLambdaWeight ? "list_mle_loss" : "pairwise_logistic_loss";
    throw new IllegalArgumentException(
        "%s takes a lambda_weight %s, got %s; use %s for it"
            .formatted(key.wireName(), kinds, weight.kind(), instead));
  }

  private String notTaken(LossParameter parameter) {
    if (parameter == LossParameter.LAMBDA_WEIGHT) {
      return "%s takes no lambda_weight; use pairwise_logistic_loss, softmax_loss or list_mle_loss"
          .formatted(key.wireName());
    }
    String names =
        options.keySet().stream().map(LossParameter::wireName).collect(Collectors.joining(", "));
    return "%s takes no %s; it takes %s"
        .formatted(key.wireName(), parameter.wireName(), names.isEmpty() ? "no parameters" : names);
  }
}
