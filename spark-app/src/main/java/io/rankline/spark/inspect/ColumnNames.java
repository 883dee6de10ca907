package io.rankline.spark.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What columns of logs are usually called. */
public final class ColumnNames {

  private static final List<String> LABELS =
      List.of(
          "utility",
          "relevance",
          "label",
          "grade",
          "judgement",
          "judgment",
          "target",
          "clicked",
          "click",
          "clicks");

  private static final List<String> QUERIES =
      List.of(
          "qid",
          "query",
          "query_id",
          "queryid",
          "search_id",
          "request_id",
          "session_id",
          "group",
          "group_id");

  private static final List<String> WEIGHTS =
      List.of("weight", "weights", "sample_weight", "example_weight", "importance");

  private static final Pattern KEY =
      Pattern.compile(
          "(.*[_. -])?(id|ids|key|uuid|guid|sku|asin|isbn|ean|gtin|url|uri|docid|productid|itemid"
              + "|userid|product|item|document|doc)");

  private static final Pattern TIME =
      Pattern.compile(
          "(.*[_. -])?(time|date|datetime|timestamp|ts|day|created|updated|clicked_at|seen_at"
              + "|created_at|updated_at)");

  private static final Pattern OUTCOME =
      Pattern.compile(
          "(.*[_. -])?(click|clicks|clicked|purchase|purchases|purchased|conversion|conversions"
              + "|converted|order|orders|ordered|bought|cart|carts|dwell|dwell_time|revenue)");

  private static final Set<String> PLACES =
      Set.of("position", "pos", "rank", "slot", "display_position", "shown_position");

  private ColumnNames() {}

  /** The column that is most likely the label of those that can be it; null for none. */
  public static @Nullable String label(Predicate<String> canBe) {
    return first(LABELS, canBe);
  }

  /** The column that most likely tells queries apart; null for none. */
  public static @Nullable String query(Predicate<String> isThere) {
    return first(QUERIES, isThere);
  }

  static @Nullable String weight(Predicate<String> canBe) {
    return first(WEIGHTS, canBe);
  }

  static boolean isKey(String name) {
    return KEY.matcher(lower(name)).matches();
  }

  static boolean isTime(String name) {
    return TIME.matcher(lower(name)).matches();
  }

  /** Whether it is what users did with what they were shown. */
  static boolean isOutcome(String name) {
    return OUTCOME.matcher(lower(name)).matches();
  }

  /** Whether it is where an item was shown. */
  static boolean isPlace(String name) {
    return PLACES.contains(lower(name));
  }

  private static @Nullable String first(List<String> usual, Predicate<String> fits) {
    return usual.stream().filter(fits).findFirst().orElse(null);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
