package io.rankline.loss.click;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Position bias as a parameter of a loss: a list, or {@code {power = 1, positions = 10}}. */
public final class PositionBiasForm implements Form<PositionBias> {

  /** The form of position bias. */
  public PositionBiasForm() {}

  @Override
  public @Nullable PositionBias read(Section section, String key, ConfigValue value) {
    int faults = section.faultCount();
    if (value instanceof ConfigObject) {
      Section power = section.below(key, value);
      if (power == null) {
        return null;
      }
      double eta = power.real("power", 1);
      int positions = power.whole("positions", 1);
      power.rejectUnknownKeys();
      return section.faultCount() > faults ? null : PositionBias.ofPower(eta, positions);
    }
    double[] table = section.reals(key).stream().mapToDouble(Double::doubleValue).toArray();
    return section.faultCount() > faults ? null : new PositionBias(table);
  }

  @Override
  public Object write(PositionBias bias) {
    return Arrays.stream(bias.examination()).boxed().toList();
  }

  @Override
  public String words() {
    return "a PositionBias";
  }
}
