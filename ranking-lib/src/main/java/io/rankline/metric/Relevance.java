package io.rankline.metric;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which labels are relevant, for metrics that know only relevant items and others. In text {@code
 * 1} is a label of 1 or more, {@code >0.5} one above 0.5.
 *
 * @param label where relevance begins, 0 or more
 * @param above whether only labels above it are relevant, and not itself
 */
public record Relevance(double label, boolean above) implements Serializable {

  /** Labels of 1 or more, as TF-Ranking and trec_eval have it. */
  public static final Relevance FROM_ONE = new Relevance(1, false);

  /**
   * A rule.
   *
   * @throws IllegalArgumentException for a label that makes nothing or everything relevant
   */
  public Relevance {
    if (!(label >= 0 && label < Double.POSITIVE_INFINITY) || (label == 0 && !above)) {
      throw new IllegalArgumentException(
          "relevant must begin at a finite label above 0, or be above 0, got "
              + text(label, above));
    }
  }

  /** Whether a label is relevant. */
  public boolean holds(double y) {
    return above ? y > label : y >= label;
  }

  /** The text form, as {@code >0.5}. */
  @Override
  public String toString() {
    return text(label, above);
  }

  private static String text(double label, boolean above) {
    String number =
        Double.isFinite(label)
            ? BigDecimal.valueOf(label).stripTrailingZeros().toPlainString()
            : String.valueOf(label);
    return above ? ">" + number : number;
  }

  /** The rule in the text of a metric. */
  static final class Text implements Form<Relevance> {

    @Override
    public @Nullable Relevance read(Section section, String key, ConfigValue value) {
      String text = String.valueOf(value.unwrapped());
      boolean above = text.startsWith(">");
      try {
        return new Relevance(Double.parseDouble(above ? text.substring(1) : text), above);
      } catch (IllegalArgumentException e) {
        section.fault(
            key,
            "must be a label above 0, as 1, or what is above one, as >0.5, got '%s'"
                .formatted(text));
        return null;
      }
    }

    @Override
    public Object write(Relevance relevance) {
      return relevance.toString();
    }

    @Override
    public String words() {
      return "a label, or >label";
    }
  }
}
