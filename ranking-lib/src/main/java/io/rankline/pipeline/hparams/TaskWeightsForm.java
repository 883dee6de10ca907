package io.rankline.pipeline.hparams;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One number for every task, or an object with one for each. */
final class TaskWeightsForm implements Form<SortedMap<String, Double>> {

  @Override
  public @Nullable SortedMap<String, Double> read(Section section, String key, ConfigValue value) {
    SortedMap<String, Double> weights = new TreeMap<>();
    if (value instanceof ConfigObject object) {
      Section below = section.below(key, value);
      if (below == null) {
        return null;
      }
      object.keySet().forEach(task -> weights.put(task, below.real(task, 1)));
    } else {
      weights.put(PipelineHparams.EVERY_TASK, section.real(key, 1));
    }
    return weights;
  }

  @Override
  public Object write(SortedMap<String, Double> weights) {
    Double one = weights.get(PipelineHparams.EVERY_TASK);
    return one == null ? weights : one;
  }

  @Override
  public String words() {
    return "a number, or numbers by task";
  }
}
