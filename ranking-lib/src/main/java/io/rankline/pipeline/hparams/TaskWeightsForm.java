package io.rankline.pipeline.hparams;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One number for every task, or an object with one for each. */
final class TaskWeightsForm implements Form<PerTask<Double>> {

  @Override
  public @Nullable PerTask<Double> read(Section section, String key, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return PerTask.common(section.real(key, 1));
    }
    Section below = section.below(key, value);
    if (below == null) {
      return null;
    }
    Map<String, Double> weights = new TreeMap<>();
    object.keySet().forEach(task -> weights.put(task, below.real(task, 1)));
    return PerTask.byTask(weights);
  }

  @Override
  public Object write(PerTask<Double> weights) {
    return weights.common() == null ? weights.byTask() : weights.common();
  }

  @Override
  public String words() {
    return "a number, or numbers by task";
  }
}
