package io.rankline.pipeline.dataset;

import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.input.EncodedInputs;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.serving.BaseModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Data sets of files with one label, whose items have the score of a model as one feature more,
 * {@link EncodedInputs#BASE_SCORE}: a network that reads it is trained to add to it, and is
 * exported with that model.
 */
public final class BasedDatasetBuilder extends BaseDatasetBuilder {

  private final Base base;
  private transient @Nullable BaseModel loaded;

  private BasedDatasetBuilder(
      RecordSpec records,
      String maskFeatureName,
      DatasetHparams hparams,
      Base base,
      BaseModel loaded) {
    super(records, RecordSpec.of(records.context(), records.examples()), maskFeatureName, hparams);
    this.base = base;
    this.loaded = loaded;
  }

  /**
   * A builder.
   *
   * @param context context features by name
   * @param examples example features by name, but the score of the base
   * @param maskFeatureName name of the mask among the model's inputs
   * @param label the label
   * @param sampleWeight where weights come from, or null for none
   * @param base whose scores are added to
   * @throws IOException if the base cannot be loaded, has several scores, or reads a feature in
   *     another way
   * @throws IllegalArgumentException if two features have one name
   */
  public static BasedDatasetBuilder of(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      LabelSpec label,
      DatasetHparams hparams,
      @Nullable WeightSpec sampleWeight,
      Base base)
      throws IOException {
    BaseModel loaded = load(base);
    RecordSpec own =
        new RecordSpec(
            new TreeMap<>(context), new TreeMap<>(examples), List.of(label), sampleWeight);
    RecordSpec all = JoinedFeatures.of(own, loaded.scorer().requests(), "the base " + base.model());
    return new BasedDatasetBuilder(all, maskFeatureName, hparams, base, loaded);
  }

  private static BaseModel load(Base base) throws IOException {
    Folder folder = Storage.ofClassPath().folder(base.model());
    return BaseModel.load(folder);
  }

  @Override
  public Optional<BaseModel> base() throws IOException {
    return Optional.of(model());
  }

  @Override
  public DataFingerprint fingerprint() throws IOException {
    DataFingerprint plain = super.fingerprint();
    SortedMap<String, String> meaning = new TreeMap<>(plain.meaning());
    meaning.put(Base.KEY, model().digest());
    return new DataFingerprint(meaning, plain.conduct());
  }

  @Override
  protected RankingList featuresAndLabels(RankingList list) {
    RankingList wider;
    try {
      wider = model().onBase(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int width = wider.layout().exampleWidth();
    for (int i = 0; i < wider.size(); i++) {
      float score = wider.examples()[(i + 1) * width - 1];
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException(
            "the score of the base %s is %s at item %s".formatted(base.model(), score, i));
      }
    }
    return wider;
  }

  /** Loaded once in each process that reads lists, and kept. */
  private synchronized BaseModel model() throws IOException {
    BaseModel known = loaded;
    if (known == null) {
      known = load(base);
      loaded = known;
    }
    return known;
  }
}
