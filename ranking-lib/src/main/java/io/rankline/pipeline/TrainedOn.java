package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.pipeline.dataset.DataFingerprint;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training was begun with besides its model: kept in {@code trained_on.json} of the
 * model_dir, so that a run that goes on says what has changed.
 */
record TrainedOn(
    @Option(form = Texts.class, meaning = "what has to be the same, or numbers mean nothing")
        SortedMap<String, String> meaning,
    @Option(form = Texts.class, meaning = "what is said where it is not the same")
        SortedMap<String, String> conduct) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainedOn.class);
  private static final String FILE = "trained_on.json";
  private static final String NOTHING = "not set";

  TrainedOn {
    meaning = Collections.unmodifiableSortedMap(new TreeMap<>(meaning));
    conduct = Collections.unmodifiableSortedMap(new TreeMap<>(conduct));
  }

  static TrainedOn of(DataFingerprint data, PipelineHparams hparams, Measures measures) {
    SortedMap<String, String> meaning = new TreeMap<>(data.meaning());
    meaning.put(
        "validation_steps",
        hparams.validationSteps() == null ? NOTHING : hparams.validationSteps().toString());
    if (hparams.exportBestModel() || hparams.earlyStoppingPatience() > 0) {
      meaning.put("best_exporter_metric", measures.best().name());
    }
    if (hparams.automaticReduceLr()) {
      meaning.put("automatic_reduce_lr_metric", measures.plateau().name());
    }
    return new TrainedOn(meaning, data.conduct());
  }

  /** Begins a training with it. */
  void begin(Folder modelDir) throws IOException {
    byte[] text = Hocon.renderFormatted(RecordCodec.write(this)).getBytes(StandardCharsets.UTF_8);
    modelDir.write(FILE, out -> out.write(text));
  }

  /**
   * Goes on with a training that has checkpoints.
   *
   * @param allowed whether it may go on with other data
   * @return what has changed, in words
   * @throws IOException if what has changed makes its numbers mean nothing
   */
  List<String> goOn(Folder modelDir, boolean allowed) throws IOException {
    List<String> changes = changes(modelDir, allowed);
    changes.forEach(change -> LOG.warn("since the last checkpoint: {}", change));
    begin(modelDir);
    return changes;
  }

  /**
   * What has changed, in words.
   *
   * @throws IOException as {@link #goOn}
   */
  List<String> changes(Folder modelDir, boolean allowed) throws IOException {
    if (!modelDir.has(FILE)) {
      // A training of an earlier version.
      return List.of();
    }
    TrainedOn there = read(modelDir);
    List<String> changes = differences(meaning, there.meaning);
    if (!changes.isEmpty() && !allowed) {
      throw new IOException(
          "%1$s holds checkpoints of a training with other data or settings: %2$s. Name another model_dir (warm_start = %1$s begins with the parameters of this one), or go on all the same with pipeline.allow_changes = true"
              .formatted(modelDir.path(), String.join("; ", changes)));
    }
    changes.addAll(differences(conduct, there.conduct));
    return changes;
  }

  /** Of what both know. */
  private static List<String> differences(Map<String, String> here, Map<String, String> there) {
    List<String> differences = new ArrayList<>();
    here.forEach(
        (name, value) -> {
          String before = there.getOrDefault(name, value);
          if (!before.equals(value)) {
            differences.add("%s: %s there and %s here".formatted(name, before, value));
          }
        });
    return differences;
  }

  private static TrainedOn read(Folder modelDir) throws IOException {
    try (InputStream in = modelDir.open(FILE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Section section = Section.of(Hocon.parseJson(text, modelDir.path() + "/" + FILE));
      TrainedOn read = RecordCodec.of(TrainedOn.class).read(section);
      section.finish();
      return Objects.requireNonNull(read);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + "; delete it to go on without a comparison", e);
    }
  }
}
