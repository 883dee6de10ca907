package io.rankline.model;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.EncodedInputsText;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a {@link RankingModel} is besides its network, with a text form.
 *
 * @param name shown in logs and reports
 * @param inputs how the network's inputs are made
 * @param maskFeatureName the mask's name among them
 * @param tasks loss of each task by its name, in the order of the network's outputs
 * @param scope what a score depends on
 */
public record ModelDescription(
    String name,
    EncodedInputs inputs,
    String maskFeatureName,
    SortedMap<String, TaskLoss> tasks,
    ScoringScope scope) {

  public ModelDescription {
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
  }

  /** The same with another scope. */
  public ModelDescription withScope(ScoringScope other) {
    return new ModelDescription(name, inputs, maskFeatureName, tasks, other);
  }

  /** The vocabularies of its embeddings, by name. */
  public SortedMap<String, Vocabulary> vocabularies() {
    return inputs.vocabularies();
  }

  /**
   * The description as maps, lists, numbers and strings; vocabularies stand there by name.
   *
   * @throws IllegalArgumentException if {@link #read} would not make an equal description of it, as
   *     for losses of your own with parameters, or transforms without the constructor they need
   */
  public Map<String, Object> describe() {
    Map<String, Object> text = text();
    Section section = Section.of(ConfigValueFactory.fromMap(text));
    ModelDescription again = read(section, ofName(vocabularies()));
    section.finish();
    if (again == null || !again.text().equals(text)) {
      throw new IllegalArgumentException(
          "model '%s' cannot be written to a file: what is read back is another model"
              .formatted(name));
    }
    return text;
  }

  /**
   * The description that a section gives. Faults are noted in the section.
   *
   * @param vocabularies the vocabulary of a name; may throw IllegalArgumentException
   * @return null after a fault
   */
  public static @Nullable ModelDescription read(
      Section section, Function<String, Vocabulary> vocabularies) {
    String name = section.text("name", "");
    String mask = section.text("mask", "");
    ScoringScope scope = scope(section);
    SortedMap<String, TaskLoss> tasks = tasks(section);
    EncodedInputs inputs = inputs(section, vocabularies);
    if (!section.isFaulty() && (mask.isBlank() || tasks.isEmpty() || inputs == null)) {
      section.fault("needs mask, tasks and inputs");
    }
    section.rejectUnknownKeys();
    return section.isFaulty() || inputs == null
        ? null
        : new ModelDescription(name, inputs, mask, tasks, scope);
  }

  /** The vocabulary of a name among these. */
  private static Function<String, Vocabulary> ofName(SortedMap<String, Vocabulary> vocabularies) {
    return name -> {
      Vocabulary vocabulary = vocabularies.get(name);
      if (vocabulary == null) {
        throw new IllegalArgumentException("there is no vocabulary '%s'".formatted(name));
      }
      return vocabulary;
    };
  }

  private Map<String, Object> text() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    result.put("mask", maskFeatureName);
    result.put("scope", scope == ScoringScope.ITEM ? "item" : "list");
    List<Object> losses = new ArrayList<>();
    tasks.forEach((task, loss) -> losses.add(RecordCodec.write(TaskText.of(task, loss))));
    result.put("tasks", losses);
    result.put("inputs", EncodedInputsText.describe(inputs));
    return result;
  }

  private static ScoringScope scope(Section section) {
    String scope = section.text("scope", "list");
    if (!scope.equals("item") && !scope.equals("list")) {
      section.fault("scope", "must be item or list, got " + scope);
    }
    return scope.equals("item") ? ScoringScope.ITEM : ScoringScope.LIST;
  }

  private static @Nullable EncodedInputs inputs(
      Section section, Function<String, Vocabulary> vocabularies) {
    if (!(section.value("inputs") instanceof ConfigObject object)) {
      return null;
    }
    try {
      return EncodedInputsText.of(object.toConfig(), vocabularies);
    } catch (SpecException e) {
      section.fault("inputs", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static SortedMap<String, TaskLoss> tasks(Section section) {
    SortedMap<String, TaskLoss> tasks = new TreeMap<>();
    for (ConfigValue value : section.values("tasks")) {
      Section entry = section.below("tasks", value);
      if (entry == null) {
        continue;
      }
      TaskText text = RecordCodec.of(TaskText.class).read(entry);
      entry.rejectUnknownKeys();
      if (text != null) {
        tasks.put(text.task(), text.loss());
      }
    }
    return tasks;
  }
}
