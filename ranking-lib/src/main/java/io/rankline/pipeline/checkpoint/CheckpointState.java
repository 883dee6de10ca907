package io.rankline.pipeline.checkpoint;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a training stands.
 *
 * @param epoch number of epochs that are finished
 * @param step number of parameter updates so far, over all epochs
 * @param stepOfEpoch number of them in the epoch that is under way; 0 between epochs
 * @param seed of every draw
 * @param learningRateFactor what callbacks have made of the learning rate: 1 where they have not
 *     touched it
 * @param callbacks state of each callback that has one, as JSON or any other text, by its name
 */
public record CheckpointState(
    int epoch,
    long step,
    long stepOfEpoch,
    long seed,
    double learningRateFactor,
    SortedMap<String, String> callbacks) {

  public CheckpointState {
    callbacks = Collections.unmodifiableSortedMap(new TreeMap<>(callbacks));
    if (epoch < 0 || step < 0 || stepOfEpoch < 0) {
      throw new IllegalArgumentException(
          "epoch, step and step of the epoch must be 0 or more, got %d, %d, %d"
              .formatted(epoch, step, stepOfEpoch));
    }
    if (!(learningRateFactor > 0) || Double.isInfinite(learningRateFactor)) {
      throw new IllegalArgumentException(
          "the factor of the learning rate must be above 0 and finite, got " + learningRateFactor);
    }
  }

  Map<String, Object> describe() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("epoch", epoch);
    result.put("step", step);
    result.put("step_of_epoch", stepOfEpoch);
    result.put("seed", seed);
    result.put("learning_rate_factor", learningRateFactor);
    result.put("callbacks", callbacks);
    return result;
  }

  /** The state in a section; faults are noted there. */
  static CheckpointState read(Section section) {
    return new CheckpointState(
        section.whole("epoch", -1),
        number(section, "step"),
        number(section, "step_of_epoch"),
        number(section, "seed"),
        section.real("learning_rate_factor", 0),
        texts(section, "callbacks"));
  }

  static SortedMap<String, String> texts(Section section, String key) {
    SortedMap<String, String> texts = new TreeMap<>();
    ConfigValue value = section.value(key);
    if (value instanceof ConfigObject object) {
      object.forEach((name, text) -> texts.put(name, String.valueOf(text.unwrapped())));
    } else {
      section.fault(key, "must be an object");
    }
    return texts;
  }

  /** The section that a JSON text is. */
  static Section section(String json, String origin) {
    try {
      return Section.of(
          ConfigFactory.parseString(
                  json,
                  ConfigParseOptions.defaults()
                      .setSyntax(ConfigSyntax.JSON)
                      .setOriginDescription(origin))
              .root());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static long number(Section section, String key) {
    Long number = section.whole(key);
    if (number == null) {
      section.fault(key, "is missing");
      return 0;
    }
    return number;
  }
}
