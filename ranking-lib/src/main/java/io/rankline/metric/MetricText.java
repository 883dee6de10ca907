package io.rankline.metric;

import com.typesafe.config.ConfigValueFactory;
import io.rankline.text.Fault;
import io.rankline.text.FaultsException;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code key[@topn][(name=value,...)]}; {@code key_topn} as TF-Ranking writes it is read, too. */
final class MetricText {

  private static final Pattern METRIC =
      Pattern.compile(
          "(?<key>[^@()]*?)(?:[@_](?<topn>[+-]?\\d+|(?<=@)all)|@(?<bad>[^()]*))?"
              + "\\s*(?:\\((?<parameters>[^()]*)\\))?");

  private MetricText() {}

  static RankingMetric parse(String text, @Nullable MetricConvention convention) {
    Matcher matcher = METRIC.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "metric '%s' is not of the form key, key@topn or key@topn(name=value,...)"
              .formatted(text));
    }
    MetricKey key = MetricKey.ofWireName(matcher.group("key").strip());
    Map<String, String> said = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    String topn = matcher.group("bad") == null ? matcher.group("topn") : matcher.group("bad");
    if (topn != null && key.hasTopn()) {
      said.put(MetricKey.TOPN, topn);
    } else if (topn != null) {
      problems.add(key.wireName() + " has no cut-off");
    }
    addParameters(key, matcher.group("parameters"), said, problems);
    if (convention != null) {
      addFixed(convention, key, said, problems);
    }
    boolean averaged = TiesAveraged.AVERAGE.equals(said.remove(TiesAveraged.PARAMETER));
    Section section =
        Section.of(
            ConfigValueFactory.fromMap(said, "metric '%s'".formatted(text)), Wording.OPTIONS);
    problems.forEach(section::fault);
    Map<String, @Nullable Object> values = key.codec().read(section, read -> read);
    section.finish();
    RankingMetric metric = (RankingMetric) key.codec().create(Objects.requireNonNull(values));
    return averaged ? new TiesAveraged(metric) : metric;
  }

  static List<RankingMetric> parseAll(String text, @Nullable MetricConvention convention) {
    Set<RankingMetric> metrics = new LinkedHashSet<>();
    List<Fault> faults = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth <= 0 || i == text.length())) {
        try {
          metrics.add(parse(text.substring(start, i), convention));
        } catch (IllegalArgumentException e) {
          faults.add(Fault.ofSentence(String.valueOf(e.getMessage())));
        }
        start = i + 1;
      }
    }
    if (!faults.isEmpty()) {
      throw new FaultsException(faults);
    }
    return List.copyOf(metrics);
  }

  /** The text of a metric: its key, and what differs from its defaults. */
  static String name(RankingMetric written) {
    boolean averaged = written instanceof TiesAveraged;
    RankingMetric metric = written instanceof TiesAveraged ties ? ties.metric() : written;
    if (metric instanceof CustomMetric) {
      return "%s(%s=%s)".formatted(metric.name(), TiesAveraged.PARAMETER, TiesAveraged.AVERAGE);
    }
    MetricKey key = MetricKey.of(metric);
    Map<String, Object> said = RecordCodec.write((Record) metric);
    Map<String, Object> defaults = RecordCodec.write((Record) key.withDefaults());
    Object topn = said.remove(MetricKey.TOPN);
    // A cut-off by default (of pwa) is named, too.
    boolean isWhole = Topn.ALL.equals(topn) && Topn.ALL.equals(defaults.get(MetricKey.TOPN));
    said.entrySet().removeAll(defaults.entrySet());
    if (averaged) {
      said.put(TiesAveraged.PARAMETER, TiesAveraged.AVERAGE);
    }
    String parameters =
        said.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    return key.wireName()
        + (topn == null || isWhole ? "" : "@" + topn)
        + (parameters.isEmpty() ? "" : "(" + parameters + ")");
  }

  private static void addFixed(
      MetricConvention convention, MetricKey key, Map<String, String> said, List<String> problems) {
    convention
        .parameters(key)
        .forEach(
            (name, value) -> {
              String other = said.putIfAbsent(name, value);
              if (other != null && !other.equals(value)) {
                problems.add(
                    "%s of %s is %s in %s, got '%s'"
                        .formatted(name, key.wireName(), value, convention.name(), other));
              }
            });
  }

  private static void addParameters(
      MetricKey key, @Nullable String written, Map<String, String> said, List<String> problems) {
    if (written == null || written.isBlank()) {
      return;
    }
    List<String> known = new ArrayList<>(key.parameters());
    known.add(TiesAveraged.PARAMETER);
    for (String part : written.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (!known.contains(name)) {
        problems.add(
            "%s has no parameter '%s'; it has %s"
                .formatted(
                    key.wireName(), name, known.isEmpty() ? "none" : String.join(", ", known)));
      } else if (equals < 0) {
        problems.add("parameter '%s' has no value, write %s=VALUE".formatted(name, name));
      } else {
        String value = part.substring(equals + 1).strip();
        if (name.equals(TiesAveraged.PARAMETER) && !value.equals(TiesAveraged.AVERAGE)) {
          problems.add("ties must be average, got '%s'".formatted(value));
        }
        said.put(name, value);
      }
    }
  }
}
