package io.rankline.model.benchmark;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Time of the scores of one list: 136 features, hidden layers of 1,024, 512 and 256 with batch norm
 * and relu. With {@code -t 2} two threads score at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScorerBenchmark {

  /** Items of the list. */
  @Param({"20", "200"})
  int items;

  /** In plain Java, or by the network of DL4J. */
  @Param({"java", "network"})
  String by = "java";

  private ListScorer scorer = lists -> List.of();
  private List<RankingList> lists = List.of();

  /** Builds the model. */
  @Setup
  public void build() {
    ModelLists made = new ModelLists(1, 0, 136, "relevance");
    RankingModel model =
        new ModelBuilder(
                made.inputCreator(),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(1024, 512, 256).build(),
                "__list_mask__",
                "served")
            .build(TrainingSettings.builder().loss("softmax_loss").seed(1).build());
    scorer = by.equals("java") ? ListScorer.of(model) : ListScorer.ofNetwork(model);
    lists = List.of(made.list(items));
  }

  /** Scores. */
  @Benchmark
  public List<SortedMap<String, float[]>> score() {
    return scorer.scores(lists);
  }
}
