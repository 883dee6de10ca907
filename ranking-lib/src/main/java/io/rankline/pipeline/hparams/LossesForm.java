package io.rankline.pipeline.hparams;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.loss.LossForm;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.text.Form;
import io.rankline.text.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One loss for every task, by name or as an object, or an object with one for each. */
final class LossesForm implements Form<PerTask<LossObjective>> {

  /** Keys of an object that is one loss; any other object has one loss a task. */
  private static final List<String> KEYS_OF_A_LOSS = List.of("name", "class", "losses");

  private final LossForm one = new LossForm();

  @Override
  public @Nullable PerTask<LossObjective> read(Section section, String key, ConfigValue value) {
    if (value instanceof ConfigObject object
        && KEYS_OF_A_LOSS.stream().noneMatch(object::containsKey)) {
      Section below = section.below(key, value);
      return below == null ? null : byTask(below, object);
    }
    LossObjective loss = one.read(section, key, value);
    return loss == null ? null : PerTask.common(loss);
  }

  @Override
  public Object write(PerTask<LossObjective> losses) {
    PerTask<String> texts = losses.map(LossText::shortest);
    return texts.common() == null ? texts.byTask() : texts.common();
  }

  @Override
  public String words() {
    return "a loss, or one for each task";
  }

  private @Nullable PerTask<LossObjective> byTask(Section section, ConfigObject losses) {
    Map<String, LossObjective> byTask = new TreeMap<>();
    losses.forEach(
        (task, value) -> {
          LossObjective loss = one.read(section, task, value);
          if (loss != null) {
            byTask.put(task, loss);
          }
        });
    return byTask.size() < losses.size() ? null : PerTask.byTask(byTask);
  }
}
