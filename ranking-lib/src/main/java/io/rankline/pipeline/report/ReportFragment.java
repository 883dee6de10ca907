package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.explanation.ModelStudy;
import java.util.List;
import java.util.OptionalInt;

/**
 * Parts of the report as HTML for somebody else's page, such as a paragraph of a Zeppelin note:
 *
 * <pre>{@code
 * println("%html " + ReportFragment.curves(model.epochs()))
 * }</pre>
 *
 * <p>Each part is one element with a style of its own, which touches nothing outside of it. It is
 * dark on white, whatever the reader's system is set to. What there is nothing to say of is empty.
 */
public final class ReportFragment {

  private ReportFragment() {}

  /** Tables, charts and text, one below the other; charts side by side where there is room. */
  public static String of(Block... blocks) {
    return of(List.of(blocks));
  }

  /** Tables, charts and text, one below the other; charts side by side where there is room. */
  public static String of(List<? extends Block> blocks) {
    if (blocks.isEmpty()) {
      return "";
    }
    HtmlWriter html = HtmlWriter.fragment();
    html.open("div", "class", BlockWriter.SCOPE).element("style", BlockWriter.style("blocks.css"));
    BlockWriter.write(List.copyOf(blocks), html);
    return html.close().html();
  }

  /** Loss, metrics and learning rate by epoch. */
  public static String curves(List<EpochResult> epochs) {
    return epochs.isEmpty() ? "" : of(Curves.of(epochs, OptionalInt.empty()));
  }

  /** The model's metrics on the validation data beside those of other orders. */
  public static String metrics(ModelStudy study) {
    return of(BaselineTable.of(study));
  }

  /** What the model loses without each feature. */
  public static String importance(ModelStudy study) {
    return of(FeatureBlocks.importance(study));
  }

  /** What each feature adds to the score of a generalised additive model. */
  public static String subScores(ModelStudy study) {
    return of(FeatureBlocks.curves(study));
  }

  /** How the model fares list by list. */
  public static String queries(ModelStudy study) {
    return of(QueryBlocks.of(study));
  }

  /** What the features hold. */
  public static String features(ModelStudy study) {
    return of(FeatureBlocks.table(study));
  }
}
