package io.rankline.serving;

import io.rankline.io.FilesInMemory;
import io.rankline.io.Folder;
import io.rankline.model.Combine;
import io.rankline.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files of an exported ensemble: a text, and the files of its members as they are. */
final class EnsembleFolder {

  private EnsembleFolder() {}

  /**
   * What the files will hold.
   *
   * @throws IllegalArgumentException for members that do not go together
   */
  static StoredEnsemble read(EnsembleExport export) throws IOException {
    List<StoredNetwork> members = new ArrayList<>();
    List<EnsembleText.Member> digests = new ArrayList<>();
    for (Folder member : export.members()) {
      Folder whole = SavedModelFolder.whole(member);
      FolderFiles files = new FolderFiles(whole);
      byte[] json = StoredModel.bytes(files, StoredModel.MODEL_FILE);
      members.add(StoredEnsemble.network(whole.path(), StoredModel.read(files, json)));
      digests.add(new EnsembleText.Member(Sha256.of(json)));
    }
    EnsembleText text = text(export, members.get(0).content(), digests);
    EnsembleContent.of(text, members);
    return new StoredEnsemble(members.get(0).path(), text, members);
  }

  /** Writes all files, in place of those that are there. */
  static void write(Folder target, EnsembleExport export) throws IOException {
    EnsembleText text = read(export).text();
    target
        .parent()
        .replace(
            target.name(),
            StoredModel.MODEL_FILE,
            written -> {
              Folder below = written.folder(StoredEnsemble.MEMBERS);
              int number = 0;
              for (Folder member : export.members()) {
                number++;
                Folder copy = below.folder(Integer.toString(number));
                copy.create();
                new FilesInMemory(ExportFiles.of(SavedModelFolder.whole(member))).writeTo(copy);
              }
              write(written, StoredModel.MODEL_FILE, text.render());
              // A member may have been exported anew meanwhile.
              StoredModel.read(new FolderFiles(written));
            });
  }

  private static EnsembleText text(
      EnsembleExport export, ExportContent first, List<EnsembleText.Member> digests) {
    SignatureName answer =
        export.combine() == Combine.MEAN ? first.servingDefault() : SignatureName.PREDICT;
    return new EnsembleText(
        new EnsembleText.Ensemble(
            Objects.requireNonNullElse(export.name(), first.model().name()),
            export.combine(),
            digests),
        new SavedModelText.Answers(Objects.requireNonNullElse(export.servingDefault(), answer)),
        Objects.requireNonNullElse(export.configuration(), first.configuration()),
        export.metrics(),
        Versions.current());
  }

  private static void write(Folder folder, String name, String text) throws IOException {
    folder.write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
