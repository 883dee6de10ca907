package io.rankline.pipeline.hparams;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.loss.LossText;
import io.rankline.text.FaultsException;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One loss for every task, by name or as an object, or an object with one for each. */
final class LossesForm implements Form<SortedMap<String, String>> {

  /** Keys of an object that is one loss; any other object has one loss a task. */
  private static final List<String> KEYS_OF_A_LOSS = List.of("name", "class", "losses");

  @Override
  public SortedMap<String, String> read(Section section, String key, ConfigValue value) {
    SortedMap<String, String> losses = new TreeMap<>();
    if (value instanceof ConfigObject object
        && KEYS_OF_A_LOSS.stream().noneMatch(object::containsKey)) {
      object.forEach((task, loss) -> losses.put(task, loss(section, key, task, loss)));
    } else {
      losses.put(PipelineHparams.EVERY_TASK, loss(section, key, "", value));
    }
    return losses;
  }

  @Override
  public Object write(SortedMap<String, String> losses) {
    String one = losses.get(PipelineHparams.EVERY_TASK);
    return one == null ? losses : one;
  }

  @Override
  public String words() {
    return "a loss, or one for each task";
  }

  private static String loss(Section section, String key, String task, ConfigValue value) {
    try {
      LossText.of(value);
    } catch (FaultsException e) {
      section.add(e.faults());
    } catch (IllegalArgumentException e) {
      String of = task.isEmpty() ? "" : "of " + task + " ";
      section.fault(key, of + "is wrong: " + e.getMessage());
    }
    return value instanceof ConfigObject ? Hocon.shown(value) : String.valueOf(value.unwrapped());
  }
}
