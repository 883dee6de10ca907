package io.rankline.spark.promotion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.feature.profile.FeatureDrift;
import io.rankline.io.Folder;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.report.Block;
import io.rankline.pipeline.report.Chapter;
import io.rankline.pipeline.report.Paragraph;
import io.rankline.pipeline.report.ReportPage;
import io.rankline.pipeline.report.Table;
import io.rankline.pipeline.report.Table.Column;
import io.rankline.spark.evaluation.JsonNumbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A decision as files: for programs, {@code decision.json}, and for people, a page. */
public final class DecisionPage {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Features whose drift the page shows. */
  private static final int SHOWN = 20;

  private DecisionPage() {}

  /** Writes both into a folder. */
  public static void write(PromotionDecision decision, Folder folder) throws IOException {
    folder.create();
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(decision));
    folder.write("decision.json", out -> out.write(json));
    page(decision).writeTo(folder, "decision.html");
  }

  private static ObjectNode json(PromotionDecision decision) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("promoted", decision.isPromoted());
    root.put("candidate", decision.candidate());
    root.put("serving", decision.serving());
    root.put("data", decision.data());
    root.put("metric", decision.metric());
    decision.reasons().forEach(root.putArray("reasons")::add);
    decision.remarks().forEach(root.putArray("remarks")::add);
    ArrayNode results = root.putArray("results");
    for (SliceResult result : decision.results()) {
      ObjectNode node = results.addObject();
      node.put("queries_of", result.name());
      node.put("queries", result.queries());
      node.set("serving", JsonNumbers.of(result.serving()));
      node.set("candidate", JsonNumbers.of(result.candidate()));
      ConfidenceInterval interval = result.difference();
      if (interval != null) {
        node.putArray("difference_interval").add(interval.low()).add(interval.high());
      }
      node.put("p_value", result.pValue());
      node.put("problem", result.problem());
    }
    ArrayNode drift = root.putArray("drift");
    for (FeatureDrift of : decision.drift()) {
      ObjectNode node = drift.addObject();
      node.put("feature", of.feature());
      node.put("stability_index", of.index());
      node.put("missing_in_training", of.missingBefore());
      node.put("missing_now", of.missingNow());
    }
    return root;
  }

  private static ReportPage page(PromotionDecision decision) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("candidate", decision.candidate());
    facts.put("serving", decision.serving().isEmpty() ? "none" : decision.serving());
    facts.put("data", decision.data());
    facts.put("metric", decision.metric());
    List<Chapter> chapters = new ArrayList<>();
    List<Block> why = new ArrayList<>();
    decision.reasons().forEach(reason -> why.add(new Paragraph(reason)));
    decision.remarks().forEach(remark -> why.add(new Paragraph(remark)));
    if (!why.isEmpty()) {
      chapters.add(new Chapter(decision.isPromoted() ? "Remarks" : "Reasons", why));
    }
    if (!decision.results().isEmpty()) {
      chapters.add(new Chapter("Comparison", List.of(results(decision))));
    }
    if (!decision.drift().isEmpty()) {
      chapters.add(new Chapter("Drift of features", List.of(drift(decision))));
    }
    return new ReportPage(
        "Promotion",
        decision.isPromoted() ? "promoted" : "not promoted: " + decision.reasons().get(0),
        facts,
        chapters);
  }

  private static Table results(PromotionDecision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (SliceResult result : decision.results()) {
      ConfidenceInterval interval = result.difference();
      rows.add(
          List.of(
              result.name(),
              String.valueOf(result.queries()),
              number(result.serving()),
              number(result.candidate()),
              interval == null
                  ? "-"
                  : String.format(Locale.ROOT, "%+.4f … %+.4f", interval.low(), interval.high()),
              String.format(Locale.ROOT, "%.3f", result.pValue()),
              result.problem().isEmpty() ? "fine" : "stops it"));
    }
    return new Table(
        List.of(
            Column.text("queries of"),
            Column.number("queries"),
            Column.number("serving"),
            Column.number("candidate"),
            Column.number("difference, 90 %"),
            Column.number("p"),
            Column.text("verdict")),
        rows);
  }

  private static Table drift(PromotionDecision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (FeatureDrift of : decision.drift().subList(0, Math.min(SHOWN, decision.drift().size()))) {
      rows.add(
          List.of(
              of.feature(),
              String.format(Locale.ROOT, "%.3f", of.index()),
              String.format(Locale.ROOT, "%.1f %%", 100 * of.missingBefore()),
              String.format(Locale.ROOT, "%.1f %%", 100 * of.missingNow())));
    }
    return new Table(
        List.of(
            Column.text("feature"),
            Column.number("stability index"),
            Column.number("missing in training"),
            Column.number("missing now")),
        rows);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "-";
  }
}
