package io.rankline.metric;

import io.rankline.data.NamedFunctions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code key[@topn][(name=value,...)]}; {@code key_topn} as TF-Ranking writes it, too. */
final class MetricParser {

  private static final Pattern METRIC =
      Pattern.compile(
          "(?<key>[^@()]*?)(?:[@_](?<topn>[+-]?\\d+|(?<=@)all)|@(?<bad>[^()]*))?"
              + "\\s*(?:\\((?<parameters>[^()]*)\\))?");

  private MetricParser() {}

  static RankingMetric parse(String text) {
    Matcher matcher = METRIC.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "metric '%s' is not of the form key, key@topn or key@topn(name=value,...)"
              .formatted(text));
    }
    MetricKey key = MetricKey.ofWireName(matcher.group("key").strip());
    String cutOff = matcher.group("topn");
    if (matcher.group("bad") != null) {
      throw badTopn(text, matcher.group("bad"));
    }
    if (cutOff != null && !key.hasTopn()) {
      throw new IllegalArgumentException(
          "metric '%s': %s has no cut-off".formatted(text, key.wireName()));
    }
    RankingMetric metric = cutOff == null ? key.withDefaults() : key.withTopn(topn(text, cutOff));
    return withParameters(text, key, metric, parameters(text, key, matcher.group("parameters")));
  }

  static List<RankingMetric> parseAll(String text) {
    Set<RankingMetric> metrics = new LinkedHashSet<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth <= 0 || i == text.length())) {
        metrics.add(parse(text.substring(start, i)));
        start = i + 1;
      }
    }
    return List.copyOf(metrics);
  }

  private static RankingMetric withParameters(
      String text, MetricKey key, RankingMetric metric, Map<String, String> parameters) {
    if (parameters.isEmpty()) {
      return metric;
    }
    int topn = metric.depth();
    return switch (key) {
      case DCG -> {
        DcgMetric defaults = new DcgMetric(topn);
        yield new DcgMetric(
            topn,
            function(text, NamedFunctions.GAINS, parameters, "gain", defaults.gain()),
            function(text, NamedFunctions.DISCOUNTS, parameters, "discount", defaults.discount()));
      }
      case NDCG -> {
        NdcgMetric defaults = new NdcgMetric(topn);
        yield new NdcgMetric(
            topn,
            function(text, NamedFunctions.GAINS, parameters, "gain", defaults.gain()),
            function(text, NamedFunctions.DISCOUNTS, parameters, "discount", defaults.discount()));
      }
      case ALPHA_DCG -> {
        AlphaDcgMetric defaults = new AlphaDcgMetric(topn);
        yield new AlphaDcgMetric(
            topn,
            number(text, parameters, "alpha", defaults.alpha()),
            function(text, NamedFunctions.DISCOUNTS, parameters, "discount", defaults.discount()));
      }
      case BPREF ->
          new BprefMetric(topn, version(text, parameters.getOrDefault("version", "trec")));
      case MRR, HITS, ARP, PRECISION, RECALL, MAP, ORDERED_PAIR_ACCURACY, PRECISION_IA, PWA ->
          metric;
    };
  }

  private static Map<String, String> parameters(
      String text, MetricKey key, @Nullable String written) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (written == null || written.isBlank()) {
      return parameters;
    }
    for (String part : written.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (!key.parameters().contains(name)) {
        throw new IllegalArgumentException(
            "metric '%s': %s has no parameter '%s'; it has %s"
                .formatted(
                    text,
                    key.wireName(),
                    name,
                    key.parameters().isEmpty() ? "none" : String.join(", ", key.parameters())));
      }
      if (equals < 0) {
        throw new IllegalArgumentException(
            "metric '%s': parameter '%s' has no value, write %s=VALUE".formatted(text, name, name));
      }
      parameters.put(name, part.substring(equals + 1).strip());
    }
    return parameters;
  }

  private static int topn(String text, String cutOff) {
    if (cutOff.equals("all")) {
      return RankingMetric.WHOLE_LIST;
    }
    try {
      int topn = Integer.parseInt(cutOff);
      if (topn >= 1) {
        return topn;
      }
    } catch (NumberFormatException e) {
      throw badTopn(text, cutOff);
    }
    throw badTopn(text, cutOff);
  }

  private static IllegalArgumentException badTopn(String text, String cutOff) {
    return new IllegalArgumentException(
        "metric '%s': topn must be a whole number, 1 or more, or 'all', got '%s'"
            .formatted(text, cutOff));
  }

  private static double number(
      String text, Map<String, String> parameters, String name, double otherwise) {
    String value = parameters.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metric '%s': %s must be a number, got '%s'".formatted(text, name, value), e);
    }
  }

  private static BprefMetric.Version version(String text, String value) {
    return switch (value) {
      case "trec" -> BprefMetric.Version.TREC;
      case "original" -> BprefMetric.Version.ORIGINAL;
      default -> throw unknown(text, "version", value, List.of("original", "trec"), null);
    };
  }

  private static <F> F function(
      String text,
      NamedFunctions<F> known,
      Map<String, String> parameters,
      String name,
      F otherwise) {
    String value = parameters.get(name);
    try {
      return value == null ? otherwise : known.read(value);
    } catch (IllegalArgumentException e) {
      throw unknown(text, name, String.valueOf(value), known.shortNames(), e);
    }
  }

  private static IllegalArgumentException unknown(
      String text,
      String name,
      String value,
      List<String> known,
      @Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "metric '%s': unknown %s '%s'; expected one of %s"
            .formatted(text, name, value, String.join(", ", known)),
        cause);
  }
}
