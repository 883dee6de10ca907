package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.serving.SavedRankingModel;
import io.rankline.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of conf/ trained on the files that TF-Ranking's examples come with, as a user would. */
class SampleDataTest {

  private static final Path CONF = Path.of("..", "conf");

  /** Lists have two documents, one of them relevant: a random order reaches 0.5. */
  private static final double LEARNT = 0.99;

  @TempDir Path folder;

  @Test
  void wordsAreLearntByHash() throws IOException {
    TrainingResult result = train("tokens.conf", tokens("hashed"));

    assertThat(result.lastEpoch().value("val_metric/ndcg_1").orElseThrow()).isGreaterThan(LEARNT);
    assertThat(loss(result.lastEpoch())).isLessThan(loss(result.epochs().get(0)));
  }

  @Test
  void wordsAreLearntByVocabulary() throws IOException {
    String vocabulary = SharedFolder.require("data/elwc_sample/vocab.txt").toString();
    List<String> settings = tokens("words");
    for (String feature : List.of("query_tokens", "document_tokens")) {
      settings.add(
          "model.preprocess.embeddings.%s={hash_buckets=null,vocabulary={file=\"%s\",oov_buckets=1}}"
              .formatted(feature, vocabulary));
    }

    TrainingResult result = train("tokens.conf", settings);

    assertThat(result.lastEpoch().value("val_metric/ndcg_1").orElseThrow()).isGreaterThan(LEARNT);
    SavedRankingModel saved =
        SavedRankingModel.load(folder.resolve("words/export/latest_model").toString());
    assertThat(saved.model().graph().numParams())
        .as("a vector for each of 5 words and one for all others, not for 30,000 hashes")
        .isLessThan(10_000);
  }

  @Test
  void libSvmTwinsOfElwcFilesTrainTheSameNetworkBitForBit() throws IOException {
    List<String> elwc =
        numbers("elwc", "train_numerical_elwc.tfrecord", "vali_numerical_elwc.tfrecord");
    elwc.add("data.features.label.dtype=int64");
    List<String> libsvm = numbers("libsvm", "train.txt", "vali.txt");
    libsvm.add("data.dataset_reader=libsvm");

    TrainingResult ofElwc = train("web30k_dnn.conf", elwc);
    TrainingResult ofLibSvm = train("web30k_dnn.conf", libsvm);

    assertThat(ofElwc.lastEpoch().items()).as("119 items an epoch or more").isPositive();
    assertThat(ofLibSvm.lastEpoch().logs()).isEqualTo(ofElwc.lastEpoch().logs());
    assertThat(ofLibSvm.model().graph().params()).isEqualTo(ofElwc.model().graph().params());
  }

  private List<String> tokens(String name) {
    List<String> settings = settings(name, "train_elwc.tfrecord", "eval_elwc.tfrecord");
    settings.add("pipeline.num_epochs=8");
    return settings;
  }

  private List<String> numbers(String name, String train, String valid) {
    List<String> settings = settings(name, train, valid);
    settings.add("data.list_size=6");
    settings.add("data.train_batch_size=8");
    settings.add("model.scorer.hidden_layer_dims=[32,16]");
    settings.add("pipeline.num_epochs=3");
    settings.add("pipeline.num_train_steps=30");
    return settings;
  }

  private List<String> settings(String name, String train, String valid) {
    List<String> settings = new ArrayList<>();
    settings.add("data.train_input_pattern=\"%s\"".formatted(sample(train)));
    settings.add("data.valid_input_pattern=\"%s\"".formatted(sample(valid)));
    settings.add("pipeline.model_dir=\"%s\"".formatted(folder.resolve(name)));
    return settings;
  }

  private static Path sample(String file) {
    return SharedFolder.require("data/elwc_sample/" + file);
  }

  private static TrainingResult train(String file, List<String> settings) throws IOException {
    return RunConfig.load(CONF.resolve(file), settings).pipeline().trainAndValidate();
  }

  private static double loss(EpochResult epoch) {
    return epoch.value("val_loss").orElseThrow();
  }
}
