package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import io.rankline.model.Combine;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The content of {@code ranking_model.json} of an ensemble. What its members say, such as the
 * features of a request, stands in theirs.
 */
record EnsembleText(
    @Option(meaning = "what it is made of") Ensemble ensemble,
    @Option(meaning = "how it answers") SavedModelText.Answers signatures,
    @Option(fallback = "", meaning = "the configuration it was trained by") String configuration,
    @Option(meaning = "values by name") SortedMap<String, Double> metrics,
    @Option(form = Texts.class, meaning = "what it was written with")
        SortedMap<String, String> versions) {

  /** The section that tells an ensemble from one network. */
  static final String SECTION = "ensemble";

  record Ensemble(
      @Option(meaning = "shown in logs and reports") String name,
      @Option(meaning = "how scores become one") Combine combine,
      @Option(filled = "must have a member", meaning = "its members, in folders members/1, ...")
          List<Member> members) {

    Ensemble {
      members = List.copyOf(members);
    }
  }

  record Member(@Option(key = "sha256", meaning = "SHA-256 of its model file") String sha256) {}

  private static final int FORMAT_VERSION = 3;

  String render() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(StoredModel.VERSION_KEY, FORMAT_VERSION);
    root.putAll(RecordCodec.write(this));
    return Hocon.renderFormatted(root);
  }

  /**
   * Reads a document.
   *
   * @throws SavedModelException if it is damaged; with every fault's line
   */
  static EnsembleText read(ConfigObject root, String origin) throws SavedModelException {
    Section section = Section.of(root);
    section.value(StoredModel.VERSION_KEY);
    try {
      EnsembleText text = RecordCodec.of(EnsembleText.class).read(section);
      section.rejectUnknownKeys();
      section.finish();
      if (text == null || text.ensemble().members().isEmpty()) {
        throw new SavedModelException(origin + ": has no members; export the model again", null);
      }
      return text;
    } catch (IllegalArgumentException e) {
      throw StoredModel.damaged(e);
    }
  }
}
