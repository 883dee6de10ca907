package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What the files of an exported ensemble hold.
 *
 * @param path of its folder, for messages
 * @param text what it is besides its members
 * @param members each an export of one network
 */
record StoredEnsemble(String path, EnsembleText text, List<StoredNetwork> members)
    implements StoredModel {

  /** The folder of the members, each in a folder named by its number from 1. */
  static final String MEMBERS = "members";

  StoredEnsemble {
    members = List.copyOf(members);
  }

  /**
   * Reads the files.
   *
   * @param document that {@code ranking_model.json} is, of a format that is read
   * @throws SavedModelException if one is missing or damaged
   */
  static StoredEnsemble read(ModelFiles files, ConfigObject document) throws IOException {
    EnsembleText text = EnsembleText.read(document, files.path() + "/" + MODEL_FILE);
    List<StoredNetwork> members = new ArrayList<>();
    for (EnsembleText.Member member : text.ensemble().members()) {
      ModelFiles own = files.below(MEMBERS).below(Integer.toString(members.size() + 1));
      StoredModel read =
          StoredModel.part(own, member.sha256(), "the member that the ensemble", "the ensemble");
      members.add(network(own.path(), read));
    }
    return new StoredEnsemble(files.path(), text, members);
  }

  /**
   * A model as a member.
   *
   * @throws SavedModelException for an ensemble
   */
  static StoredNetwork network(String path, StoredModel stored) throws SavedModelException {
    if (stored instanceof StoredNetwork network) {
      return network;
    }
    throw new SavedModelException(
        "%s is an ensemble itself, and members have one network each; name its members, %s/%s/1 and"
                .formatted(path, path, MEMBERS)
            + " so on, instead",
        null);
  }

  @Override
  public ExportContent content() throws SavedModelException {
    try {
      return EnsembleContent.of(text, members);
    } catch (IllegalArgumentException e) {
      throw new SavedModelException(
          "%s/%s: is damaged: %s; make the ensemble again"
              .formatted(path, MODEL_FILE, e.getMessage()),
          e);
    }
  }

  @Override
  public SortedMap<String, String> versions() {
    return text.versions();
  }
}
