package io.rankline.spark.ml;

import io.rankline.config.RunConfig;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Trains a neural ranker on a DataFrame.
 *
 * <pre>{@code
 * NeuralRankerModel model = new NeuralRanker()
 *     .setGroupCol("qid").setLabelCol("grade").setFeaturesCol("features")
 *     .setLoss("approx_ndcg_loss").setNumEpochs(10)
 *     .fit(training);
 * Dataset<Row> scored = model.transform(logs);
 * }</pre>
 *
 * <p><b>Rows.</b> A row is an item, and {@code groupCol} tells queries apart, wherever their rows
 * are; or it is a list, as the {@code elwc} source gives it, where there is a column {@code
 * __list_mask__}. Features are those of {@code data.features} where {@link #setConfiguration} gives
 * a configuration that has them, else {@code featureCols}, else {@code featuresCol}.
 *
 * <p><b>Hyperparameters.</b> Every key of the sections {@code pipeline} and {@code data} of a
 * configuration is a param, in camelCase; {@link #setOption} sets it by its key. Params win over
 * the configuration. Where neither says so, a network of 256, 128 and 64 units is trained on {@code
 * softmax_loss} for 10 epochs in batches of 32 lists, by {@code MultiWorkerMirroredStrategy}: on
 * the executors, every slot or {@code numWorkers} of them, to the result that one of them would
 * come to but for rounding. {@code setStrategy("MirroredStrategy")} trains on the driver.
 *
 * <p><b>Order.</b> Lists and items come in an order that follows from what rows hold; neither the
 * order of rows nor their partitions change the model. Training on ELWC files with the same lists
 * in the same order gives the same bits.
 *
 * <p>Fits of one driver take turns: each uses every core it was given.
 */
public final class NeuralRanker extends Estimator<NeuralRankerModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final @Nullable RankerParams params;

  /** A ranker with defaults. */
  public NeuralRanker() {
    this(Identifiable$.MODULE$.randomUID("neuralRanker"));
  }

  /** A ranker of that id, as Spark makes copies. */
  public NeuralRanker(String uid) {
    this.uid = uid;
    RankerParams all = new RankerParams(this);
    this.params = all;
    setDefault(all.featuresCol, "features");
    setDefault(all.labelCol, "label");
    setDefault(all.predictionCol, "prediction");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return params == null ? new Param<?>[0] : params.all();
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before anything starts: for columns that are missing or of the
   *     wrong type, and for a faulty configuration
   * @throws java.io.UncheckedIOException before the first step, with column, query and row, for
   *     rows that no list can hold; or if storage fails
   */
  @Override
  public NeuralRankerModel fit(Dataset<?> dataset) {
    return copyValues(
        RankerFit.of(this, all(), dataset.toDF()).run().setParent(this), ParamMap.empty());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return PredictionColumns.added(
        FeatureColumns.required(this, all(), schema), schema, getOrDefault(all().predictionCol));
  }

  @Override
  public NeuralRanker copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this);
  }

  /** Reads what {@code save} wrote. */
  public static NeuralRanker load(String path) {
    return read().load(path);
  }

  /** A reader of saved rankers. */
  public static MLReader<NeuralRanker> read() {
    return new StageReader<>();
  }

  /** The column of the items' features: a vector, or an array of numbers. */
  public NeuralRanker setFeaturesCol(String column) {
    return with(all().featuresCol, column);
  }

  /** Columns of the items' features: numbers, text, arrays of them, vectors. */
  public NeuralRanker setFeatureCols(String... columns) {
    return with(all().featureCols, columns);
  }

  /** Columns of features that all items of a query share. */
  public NeuralRanker setContextCols(String... columns) {
    return with(all().contextCols, columns);
  }

  /** The column of the label. */
  public NeuralRanker setLabelCol(String column) {
    return with(all().labelCol, column);
  }

  /** The column of the items' weights. */
  public NeuralRanker setWeightCol(String column) {
    return with(all().weightCol, column);
  }

  /** The column that tells queries apart: text or integers. */
  public NeuralRanker setGroupCol(String column) {
    return with(all().groupCol, column);
  }

  /** The column of the scores. */
  public NeuralRanker setPredictionCol(String column) {
    return with(all().predictionCol, column);
  }

  /** The column of booleans that is true for rows to validate with. */
  public NeuralRanker setValidationIndicatorCol(String column) {
    return with(all().validationIndicatorCol, column);
  }

  /** Workers on the executors, 1 or more. */
  public NeuralRanker setNumWorkers(int workers) {
    return with(all().numWorkers, workers);
  }

  /**
   * A configuration, whose values params stand before.
   *
   * @param textOrPath HOCON, or the path of a file on this machine, which is read now
   * @throws io.rankline.config.ConfigurationException if there is no such file
   */
  public NeuralRanker setConfiguration(String textOrPath) {
    boolean isText = textOrPath.isBlank() || textOrPath.matches("(?s).*[{}=\n].*");
    return with(all().configuration, isText ? textOrPath : RunConfig.textOf(Path.of(textOrPath)));
  }

  /** The network, as {@code model.scorer} has it: {@code { type = dnn, ... }}. */
  public NeuralRanker setScorer(String text) {
    return with(all().scorer, text);
  }

  /** What becomes of features, as {@code model.preprocess} has it. */
  public NeuralRanker setPreprocess(String text) {
    return with(all().preprocess, text);
  }

  /**
   * Where lists lie while a fit lasts: a folder that driver and executors reach. By default that of
   * Spark's checkpoints, the default file system, or on one machine its temporary folder.
   */
  public NeuralRanker setStagingDir(String folder) {
    return with(all().stagingDir, folder);
  }

  /** What is minimised, as {@code softmax_loss}. */
  public NeuralRanker setLoss(String loss) {
    return setOption("loss", loss);
  }

  /** How parameters follow gradients, as {@code adam}. */
  public NeuralRanker setOptimizer(String optimizer) {
    return setOption("optimizer", optimizer);
  }

  /** Learning rate of the optimizer. */
  public NeuralRanker setLearningRate(double rate) {
    return setOption("learning_rate", rate);
  }

  /** Number of epochs. */
  public NeuralRanker setNumEpochs(int epochs) {
    return setOption("num_epochs", epochs);
  }

  /** Lists of a batch of all workers together. */
  public NeuralRanker setTrainBatchSize(int lists) {
    return setOption("train_batch_size", lists);
  }

  /** Items of a list that count in training; 0 for all. */
  public NeuralRanker setListSize(int items) {
    return setOption("list_size", items);
  }

  /** The seed of the order of data, and of initial parameters, dropout and noise. */
  public NeuralRanker setSeed(long seed) {
    return setOption("seed", seed);
  }

  /** {@code MultiWorkerMirroredStrategy} for the executors, {@code MirroredStrategy} for here. */
  public NeuralRanker setStrategy(String strategy) {
    return setOption("strategy", strategy);
  }

  /** A folder for checkpoints, logs and the report, of this fit alone; none is kept by default. */
  public NeuralRanker setModelDir(String folder) {
    return setOption("model_dir", folder);
  }

  /**
   * Sets any hyperparameter.
   *
   * @param key as a configuration has it, {@code pipeline.l2} or {@code l2}
   * @param value a number, a flag, or text as a configuration has it
   * @throws IllegalArgumentException for a key that there is none of, or a value of another type
   */
  public NeuralRanker setOption(String key, Object value) {
    Param<?> param = all().hyperparameter(key);
    Object fitting = OptionValue.of(param, value);
    set(param.name(), fitting);
    return this;
  }

  /** The param of {@link #setGroupCol}. */
  public Param<String> groupCol() {
    return all().groupCol;
  }

  /** The param of {@link #setFeatureCols}. */
  public StringArrayParam featureCols() {
    return all().featureCols;
  }

  /** The param of {@link #setScorer}, for grids. */
  public Param<String> scorer() {
    return all().scorer;
  }

  /** The param of {@link #setLearningRate}, for grids. */
  public DoubleParam learningRate() {
    return (DoubleParam) all().hyperparameter("learningRate");
  }

  /** The param of {@link #setNumEpochs}, for grids. */
  public IntParam numEpochs() {
    return (IntParam) all().hyperparameter("numEpochs");
  }

  /** The param of {@link #setTrainBatchSize}, for grids. */
  public IntParam trainBatchSize() {
    return (IntParam) all().hyperparameter("trainBatchSize");
  }

  /** The param of {@link #setSeed}, for grids. */
  public LongParam seed() {
    return (LongParam) all().hyperparameter("seed");
  }

  private RankerParams all() {
    return Objects.requireNonNull(params);
  }

  private <T> NeuralRanker with(Param<T> param, T value) {
    set(param, value);
    return this;
  }
}
