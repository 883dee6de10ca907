package io.rankline.config.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepPlanTest {

  @Test
  void aGridHasEveryCombination() {
    SweepPlan plan =
        SweepPlan.grid(
            parameters("pipeline.learning_rate=1e-4,3e-4", "model.scorer.dropout=0, 0.5"));

    assertThat(plan.trials())
        .extracting(Trial::label)
        .containsExactly(
            "learning_rate=1e-4 dropout=0",
            "learning_rate=1e-4 dropout=0.5",
            "learning_rate=3e-4 dropout=0",
            "learning_rate=3e-4 dropout=0.5");
    assertThat(plan.trials().get(1).overrides())
        .containsExactly("pipeline.learning_rate=1e-4", "model.scorer.dropout=0.5");
    assertThat(plan.trials()).extracting(Trial::number).containsExactly(1, 2, 3, 4);
  }

  @Test
  void listsAndObjectsAreValuesToo() {
    SweepParameter dims = SweepParameter.parse("dims=[64,32],[128]");
    SweepParameter loss = SweepParameter.parse("loss=softmax_loss,{name=approx_ndcg_loss}");
    SweepParameter paths = SweepParameter.parse("data=/a/*.gz,/b/*.gz");

    assertThat(dims.values()).containsExactly("[64,32]", "[128]");
    assertThat(loss.values()).containsExactly("softmax_loss", "{\"name\":\"approx_ndcg_loss\"}");
    assertThat(paths.values()).containsExactly("/a/*.gz", "/b/*.gz");
  }

  @Test
  void drawsAreRepeatableDifferentAndInTheirRanges() {
    List<SweepParameter> parameters =
        parameters("rate=1e-5..1e-2:log", "units=16..18", "dropout=0..0.5", "loss=a,b");

    SweepPlan plan = SweepPlan.random(parameters, 50, 7);

    assertThat(SweepPlan.random(parameters, 50, 7)).isEqualTo(plan);
    assertThat(SweepPlan.random(parameters, 51, 7).trials().subList(0, 50))
        .isEqualTo(plan.trials());
    assertThat(SweepPlan.random(parameters, 50, 8)).isNotEqualTo(plan);
    Set<Map<String, String>> seen = new HashSet<>();
    int small = 0;
    for (Trial trial : plan.trials()) {
      assertThat(seen.add(trial.values())).isTrue();
      double rate = number(trial, "rate");
      assertThat(rate).isBetween(1e-5, 1e-2);
      small += rate < 1e-3 ? 1 : 0;
      assertThat(trial.values().get("units")).isIn("16", "17", "18");
      assertThat(number(trial, "dropout")).isBetween(0.0, 0.5);
      assertThat(trial.values().get("loss")).isIn("a", "b");
    }
    // Two of three powers of ten lie below 1e-3; a draw of plain numbers has a tenth there.
    assertThat(small).isBetween(23, 43);
    assertThat(plan.trials())
        .extracting(trial -> trial.values().get("units"))
        .contains("16", "17", "18");
  }

  @Test
  void thereAreNoMoreDrawsThanValues() {
    assertThat(SweepPlan.random(parameters("a=1,2", "b=1..3"), 100, 1).trials()).hasSize(6);
  }

  @Test
  void aFolderTellsValuesApartWhateverElseIsSwept() {
    Trial one = SweepPlan.grid(parameters("a.rate=1,2")).trials().get(1);
    Trial same = SweepPlan.grid(parameters("a.rate=2")).trials().get(0);
    Trial other = SweepPlan.grid(parameters("b.rate=2")).trials().get(0);

    assertThat(one.folder()).isEqualTo(same.folder()).startsWith("rate=2-");
    assertThat(other.folder()).isNotEqualTo(one.folder()).startsWith("rate=2-");
    assertThat(SweepPlan.grid(parameters("a=\"x/../y, z\"")).trials().get(0).folder())
        .matches("a=x-..-y-z-[0-9a-f]{8}");
  }

  @Test
  void shortNamesAreLongerWhereTheyWouldBeTheSame() {
    SweepPlan plan = SweepPlan.grid(parameters("a.dropout=1", "b.dropout=2", "rate=3"));

    assertThat(plan.trials().get(0).label()).isEqualTo("a.dropout=1 b.dropout=2 rate=3");
  }

  @Test
  void faultsAreTold() {
    assertThatThrownBy(() -> SweepParameter.parse("rate"))
        .hasMessageStartingWith("a parameter has the form key=value,value")
        .hasMessageEndingWith("got 'rate'");
    assertThatThrownBy(() -> SweepParameter.parse("rate=1,1"))
        .hasMessage("rate: rate must have each value once, got 1,1");
    assertThatThrownBy(() -> SweepParameter.parse("rate=1e-2..1e-5"))
        .hasMessage("rate: a range must ascend, as 1e-5..1e-2, got 0.01..1.0E-5");
    assertThatThrownBy(() -> SweepParameter.parse("rate=0..1:log"))
        .hasMessage("rate: a range with :log must begin above 0, got 0.0..1.0");
    assertThatThrownBy(() -> SweepPlan.grid(parameters("rate=0..1")))
        .hasMessageStartingWith("rate has a range");
    assertThatThrownBy(() -> SweepPlan.grid(parameters("rate=1", "rate=2")))
        .hasMessage("rate stands there twice; join its values by commas");
  }

  private static double number(Trial trial, String key) {
    return Double.parseDouble(trial.values().getOrDefault(key, "NaN"));
  }

  private static List<SweepParameter> parameters(String... texts) {
    return List.of(texts).stream().map(SweepParameter::parse).toList();
  }
}
