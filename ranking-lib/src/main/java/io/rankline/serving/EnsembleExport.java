package io.rankline.serving;

import io.rankline.io.Folder;
import io.rankline.model.Combine;
import io.rankline.text.RecordBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Exported models as they become one: the members of an ensemble, which share tasks, labels and
 * weights, and of whose features those with the same name are the same.
 *
 * @param members folders of exports of one network each, in their order; 1 or more
 * @param combine how scores become one
 * @param name shown in logs and reports; null for that of the first member
 * @param servingDefault the signature of {@code serving_default}; null for predict, or for that of
 *     the first member where the ensemble has scores for single items
 * @param configuration the resolved configuration it was trained by, as text; null for that of the
 *     first member
 * @param metrics values by name, for those who look at the export
 */
public record EnsembleExport(
    List<Folder> members,
    Combine combine,
    @Nullable String name,
    @Nullable SignatureName servingDefault,
    @Nullable String configuration,
    SortedMap<String, Double> metrics) {

  public EnsembleExport {
    members = List.copyOf(members);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble must have 1 member or more, got none");
    }
  }

  /** Of these members, whose scores are standardised. */
  public static Builder builder(List<Folder> members) {
    return new Builder(members);
  }

  /**
   * What an ensemble was exported with, to be exported again.
   *
   * @param folder that it lies in
   * @throws SavedModelException if there is none; names the way out
   */
  public static Builder builder(Folder folder) throws IOException {
    Folder whole = SavedModelFolder.whole(folder);
    if (!(StoredModel.read(new FolderFiles(whole)) instanceof StoredEnsemble stored)) {
      throw new SavedModelException(
          "%s holds a model of one network, and no ensemble".formatted(whole.path()), null);
    }
    List<Folder> members = new ArrayList<>();
    for (int k = 1; k <= stored.members().size(); k++) {
      members.add(whole.folder(StoredEnsemble.MEMBERS).folder(Integer.toString(k)));
    }
    EnsembleText text = stored.text();
    Builder builder =
        builder(members)
            .combine(text.ensemble().combine())
            .name(text.ensemble().name())
            .servingDefault(text.signatures().servingDefault())
            .configuration(text.configuration());
    text.metrics().forEach(builder::metric);
    return builder;
  }

  /** Collects what an ensemble is made with. */
  public static final class Builder extends RecordBuilder<EnsembleExport, Builder> {

    private final SortedMap<String, Double> metrics = new TreeMap<>();

    private Builder(List<Folder> members) {
      super(EnsembleExport.class);
      set("members", members);
      set("combine", Combine.STANDARDIZED);
      set("metrics", metrics);
    }

    /** How scores become one. */
    public Builder combine(Combine way) {
      return set("combine", way);
    }

    /** Shown in logs and reports. */
    public Builder name(String text) {
      return set("name", text);
    }

    /** The signature of {@code serving_default}. */
    public Builder servingDefault(SignatureName signature) {
      return set("servingDefault", signature);
    }

    /** The resolved configuration, as text. */
    public Builder configuration(String text) {
      return set("configuration", text);
    }

    /** The value of a metric. */
    public Builder metric(String metric, double value) {
      metrics.put(metric, value);
      return this;
    }
  }
}
