package io.rankline.spark.ml;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * A trained ranker, which scores the rows of a DataFrame on the executors. Every column stays, and
 * one of scores comes to them: the higher, the better. Labels may be absent.
 *
 * <p>Where an item's score depends on the item alone, rows are scored where they are. Where it
 * depends on the other items of its query, the rows of a query are brought together by {@code
 * groupCol} first. Where a row is a list, with a column {@code __list_mask__}, its scores are an
 * array, null at padding. A model of several tasks adds a column for each, {@code prediction_TASK}.
 *
 * <p>Nothing is scored before an action asks for it. A row that the model cannot score ends the job
 * with column, query and row.
 */
public final class NeuralRankerModel extends Model<NeuralRankerModel> implements MLWritable {

  private static final long serialVersionUID = 1;

  private static final String FILES = "model";

  private final String uid;
  private final ModelFiles files;
  private final transient @Nullable List<EpochResult> epochs;
  private final transient @Nullable ModelStudy study;
  private final Param<String> groupCol;
  private final Param<String> predictionCol;
  private transient @Nullable SavedRankingModel saved;

  NeuralRankerModel(
      String uid,
      ModelFiles files,
      @Nullable List<EpochResult> epochs,
      @Nullable ModelStudy study) {
    this.uid = uid;
    this.files = files;
    this.epochs = epochs;
    this.study = study;
    this.groupCol = new Param<>(this, "groupCol", "column that tells queries apart");
    this.predictionCol = new Param<>(this, "predictionCol", "column of the scores");
    setDefault(predictionCol, "prediction");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Adds scores; see the class. */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return RowScoring.of(
            dataset.toDF(),
            saved(),
            files,
            isSet(groupCol) ? getOrDefault(groupCol) : null,
            getOrDefault(predictionCol))
        .scored();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return PredictionColumns.added(
        schema, PredictionColumns.names(getOrDefault(predictionCol), saved().tasks()));
  }

  @Override
  public NeuralRankerModel copy(ParamMap extra) {
    NeuralRankerModel copy = new NeuralRankerModel(uid, files, epochs, study);
    return copyValues(copy.setParent(parent()), extra);
  }

  /** The model for requests one by one, and to look into; shared, not a copy. */
  public synchronized SavedRankingModel saved() {
    SavedRankingModel known = saved;
    if (known == null) {
      try {
        known = files.load();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      saved = known;
    }
    return known;
  }

  /**
   * What each epoch of the fit measured; empty for an ensemble, and for a model that was loaded.
   */
  public List<EpochResult> epochs() {
    return epochs == null ? List.of() : epochs;
  }

  /**
   * What the fitted model makes of the rows it was validated with: metrics beside those of other
   * orders, importance of features, curves of a {@code gam}. Without {@code validationIndicatorCol}
   * these are the lists of one batch of the training. Empty for an ensemble, and for a model that
   * was loaded.
   */
  public ModelStudy study() {
    return study == null ? ModelStudy.NONE : study;
  }

  /** The column that tells queries apart; needed where scores depend on the query. */
  public NeuralRankerModel setGroupCol(String column) {
    set(groupCol, column);
    return this;
  }

  /** The column of the scores. */
  public NeuralRankerModel setPredictionCol(String column) {
    set(predictionCol, column);
    return this;
  }

  /** The param of {@link #setGroupCol}. */
  public Param<String> groupCol() {
    return groupCol;
  }

  /** The param of {@link #setPredictionCol}. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this, (path, spark) -> files.write(folder(path, spark)));
  }

  /** Reads what {@code save} wrote. */
  public static NeuralRankerModel load(String path) {
    return read().load(path);
  }

  /**
   * A reader of saved models.
   *
   * <p>Loading fails with {@code SavedModelException}, which names the way out, for files that are
   * damaged or of a newer version.
   */
  public static MLReader<NeuralRankerModel> read() {
    return new Reader();
  }

  private static final class Reader extends MLReader<NeuralRankerModel> {
    @Override
    public NeuralRankerModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), NeuralRankerModel.class.getName());
      try {
        Folder saved = folder(path, sparkSession());
        NeuralRankerModel model =
            new NeuralRankerModel(metadata.uid(), ModelFiles.read(saved), null, null);
        setParams(model, metadata, path);
        // From where it lies, so that a fault names files that the user knows.
        model.saved = SavedRankingModel.load(saved);
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  private static void setParams(
      NeuralRankerModel model, DefaultParamsReader.Metadata metadata, String path) {
    try {
      metadata.getAndSetParams(model, Option.empty());
    } catch (NoSuchElementException e) {
      throw StageReader.ofAnotherVersion(path, e);
    }
  }

  private static Folder folder(String path, org.apache.spark.sql.SparkSession spark) {
    return Storage.of(spark.sessionState().newHadoopConf()).folder(path).folder(FILES);
  }
}
