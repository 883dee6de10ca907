package io.rankline.loss;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.DcgV2LambdaWeight;
import io.rankline.loss.lambda.LabelDiffLambdaWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PrecisionLambdaWeight;
import io.rankline.loss.lambda.YetiDcgLambdaWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One vector of the files in {@code golden/loss}, whose first line says where they come from. */
public record Golden(String id, Config json) {

  public static Stream<Golden> read(String file) {
    List<? extends ConfigObject> vectors =
        ConfigFactory.parseResources("golden/loss/" + file).getObjectList("vectors");
    List<Golden> all = new ArrayList<>();
    for (ConfigObject vector : vectors) {
      Config json = vector.toConfig();
      String id =
          json.hasPath("id") ? json.getString("id") : json.getString("name") + "-" + all.size();
      all.add(new Golden(id, json));
    }
    return all.stream();
  }

  public String text(String field) {
    return json.hasPath(field) ? json.getString(field) : "";
  }

  public boolean has(String field) {
    return json.hasPath(field) && !json.getIsNull(field);
  }

  public double number(String field) {
    return json.getDouble(field);
  }

  /** All numbers below a field, in reading order. */
  public double[] flat(String field) {
    List<Double> numbers = new ArrayList<>();
    collect(json.getAnyRef(field), numbers);
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Rows of a field, each flat. */
  public double[][] rows(String field) {
    List<?> rows = (List<?>) json.getAnyRef(field);
    double[][] result = new double[rows.size()][];
    for (int b = 0; b < result.length; b++) {
      List<Double> numbers = new ArrayList<>();
      collect(rows.get(b), numbers);
      result[b] = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
    return result;
  }

  /** The batch of the fields below {@code prefix}. */
  LossBatch batch(String prefix) {
    double[][] labels = rows(prefix + "labels");
    double[][] scores = has(prefix + "scores") ? rows(prefix + "scores") : labels;
    LossBatch.Builder builder = LossBatch.ragged(labels, scores);
    int longest = 0;
    for (double[] row : labels) {
      longest = Math.max(longest, row.length);
    }
    if (has(prefix + "weights")) {
      double[][] weights = rows(prefix + "weights");
      boolean perList = true;
      for (int b = 0; b < labels.length; b++) {
        perList &= weights[b].length == 1;
      }
      double[] flat = new double[perList ? labels.length : labels.length * longest];
      for (int b = 0; b < labels.length; b++) {
        System.arraycopy(weights[b], 0, flat, b * (perList ? 1 : longest), weights[b].length);
      }
      if (perList) {
        builder.listWeights(Values.of(flat));
      } else {
        builder.itemWeights(Values.of(flat));
      }
    }
    if (has("mask") && prefix.isEmpty()) {
      List<Boolean> mask = new ArrayList<>();
      for (Object row : (List<?>) json.getAnyRef("mask")) {
        for (Object value : (List<?>) row) {
          mask.add((Boolean) value);
        }
      }
      boolean[] flat = new boolean[mask.size()];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = mask.get(i);
      }
      builder.mask(flat);
    }
    return builder.build();
  }

  /** The loss that the vector names, or {@code name} with the vector's parameters. */
  RankingLoss loss(String name) {
    LossKey key = LossKey.ofWireName(name);
    Map<String, Object> parameters = new HashMap<>();
    for (String parameter : key.parameters().keySet()) {
      String path = "params." + parameter;
      if (parameter.equals("models")) {
        int models = has("scores") ? rows("scores")[0].length / rows("labels")[0].length : 2;
        parameters.put(parameter, models);
      } else if (parameter.equals("lambda_weight") && has(path)) {
        parameters.put(parameter, lambdaWeight(json.getConfig(path)));
      } else if (has(path)) {
        parameters.put(parameter, json.getAnyRef(path));
      }
    }
    return key.create(parameters);
  }

  static LambdaWeight lambdaWeight(Config json) {
    String type = json.getString("type");
    int topn =
        json.hasPath("topn") && !json.getIsNull("topn")
            ? json.getInt("topn")
            : LambdaWeight.ALL_RANKS;
    return switch (type) {
      case "label_diff" -> new LabelDiffLambdaWeight();
      case "precision" -> new PrecisionLambdaWeight(topn);
      case "list_mle" -> ListMleLambdaWeight.positionAware(2);
      case "dcg" ->
          new DcgLambdaWeight(
              topn,
              gain(json),
              discount(json),
              json.getBoolean("normalized"),
              json.getDouble("smooth_fraction"));
      case "dcg_v2" ->
          new DcgV2LambdaWeight(topn, gain(json), discount(json), json.getBoolean("normalized"));
      case "yeti_dcg" ->
          new YetiDcgLambdaWeight(topn, gain(json), discount(json), json.getBoolean("normalized"));
      default -> throw new AssertionError("no lambda weight " + type);
    };
  }

  private static Gain gain(Config json) {
    String name = json.getString("gain_fn");
    return switch (name) {
      case "identity" -> Gain.IDENTITY;
      case "2^x-1" -> Gain.EXPONENTIAL;
      default -> throw new AssertionError("no gain " + name);
    };
  }

  static RankDiscount discount(Config json) {
    String name = json.getString("rank_discount_fn");
    return switch (name) {
      case "1/x" -> RankDiscount.RECIPROCAL;
      case "1/ln(1+x)" -> RankDiscount.INVERSE_LN;
      case "1/log2(1+x)" -> RankDiscount.INVERSE_LOG2;
      default -> throw new AssertionError("no discount " + name);
    };
  }

  private static void collect(Object value, List<Double> into) {
    if (value instanceof List<?> list) {
      list.forEach(element -> collect(element, into));
    } else {
      into.add(((Number) value).doubleValue());
    }
  }

  @Override
  public String toString() {
    return id + " " + text("api") + " " + text("output");
  }
}
