package io.rankline.loss;

import io.rankline.loss.form.CustomLoss;
import io.rankline.loss.form.RankingLoss;
import io.rankline.text.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text form of one loss and its parameters. */
final class LossParametersText {

  private LossParametersText() {}

  /** The loss that a section describes; null, and a fault, where it says something impossible. */
  static @Nullable RankingLoss read(Section section) {
    if (section.has("class")) {
      return custom(section, section.text("class", ""));
    }
    String name = section.text("name", "");
    if (name.isEmpty()) {
      section.fault("name", "is missing; it is the name of a loss, softmax_loss");
      return null;
    }
    try {
      return new LossOptions(LossKey.ofWireName(name)).read(section);
    } catch (IllegalArgumentException e) {
      section.refused(e);
      return null;
    }
  }

  /** What {@link #read} reads back to an equal loss. */
  static Map<String, Object> describe(RankingLoss loss) {
    Map<String, Object> text = new LinkedHashMap<>();
    if (loss instanceof CustomLoss) {
      requireReadsBack(loss);
      text.put("class", loss.getClass().getName());
      return text;
    }
    text.put("name", loss.wireName());
    text.putAll(new LossOptions(LossKey.ofWireName(loss.wireName())).write(loss));
    return text;
  }

  private static @Nullable RankingLoss custom(Section section, String className) {
    try {
      return newInstance(className);
    } catch (ReflectiveOperationException | ClassCastException e) {
      section.fault(
          "class",
          "must name a CustomLoss with a constructor without parameters, got '%s' (%s)"
              .formatted(className, e));
      return null;
    }
  }

  private static void requireReadsBack(RankingLoss loss) {
    try {
      if (loss.equals(newInstance(loss.getClass().getName()))) {
        return;
      }
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(notWritable(loss), e);
    }
    throw new IllegalArgumentException(notWritable(loss));
  }

  private static String notWritable(RankingLoss loss) {
    return ("%s (%s) cannot be written as text: a loss of your own is written by its class, which"
            + " needs a constructor without parameters that makes an equal loss")
        .formatted(loss.wireName(), loss.getClass().getName());
  }

  private static RankingLoss newInstance(String className) throws ReflectiveOperationException {
    var constructor = Class.forName(className).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (CustomLoss) constructor.newInstance();
  }
}
