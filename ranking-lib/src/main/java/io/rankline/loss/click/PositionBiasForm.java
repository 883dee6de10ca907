package io.rankline.loss.click;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Faults;
import io.rankline.text.Form;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Position bias as a parameter of a loss: a list, or {@code {power = 1, positions = 10}}. */
final class PositionBiasForm implements Form<PositionBias> {

  record Power(
      @Option(fallback = "1") double power, @Option(fallback = "1", least = 1) int positions) {
    @SuppressWarnings("UnusedMethod") // the codec calls it
    Power {
      Faults.in(Power.class, power, positions).orThrow();
    }
  }

  @Override
  public @Nullable PositionBias read(Section section, String key, ConfigValue value) {
    int faults = section.faultCount();
    try {
      if (value instanceof ConfigObject) {
        Section below = section.below(key, value);
        Power power = below == null ? null : RecordCodec.of(Power.class).read(below);
        if (below != null) {
          below.rejectUnknownKeys();
        }
        return power == null || section.faultCount() > faults
            ? null
            : PositionBias.ofPower(power.power, power.positions);
      }
      double[] table = section.reals(key).stream().mapToDouble(Double::doubleValue).toArray();
      return section.faultCount() > faults ? null : new PositionBias(table);
    } catch (IllegalArgumentException e) {
      section.refused(key, e);
      return null;
    }
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
