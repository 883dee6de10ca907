package io.rankline.export;

import io.rankline.export.engine.EngineFiles;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.parity.Parity;
import io.rankline.export.parity.ParityLists;
import io.rankline.io.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of writing a model for an engine.
 *
 * @param files what a user should know of them
 * @param parity how far their scores are from the model's
 */
public record EngineExport(EngineFiles files, Parity parity) {

  /**
   * Writes a model for an engine, in place of what the folder holds, and proves it: the files are
   * read back and scores compared. Where they differ, nothing is written.
   *
   * @param format which engine
   * @param lists number of lists that are compared
   * @throws UnsupportedModelException if the engine cannot score it
   * @throws IOException if it cannot be written, or its scores are other ones
   */
  public static EngineExport write(EngineModel model, ExportFormat format, Folder target, int lists)
      throws IOException {
    EngineFormat engine = format.engine();
    List<EngineExport> written = new ArrayList<>();
    target
        .parent()
        .replace(
            target.name(),
            Parity.FILE,
            folder -> {
              EngineFiles files = engine.write(model, folder);
              ParityLists compared = ParityLists.of(model, lists);
              Parity parity =
                  Parity.of(
                      model.scorer(),
                      engine.read(model, folder),
                      compared.lists(),
                      compared.source(),
                      files.tolerance());
              requireAlike(parity, format);
              folder.write(
                  Parity.FILE,
                  out ->
                      out.write(parity.render(format.wireName()).getBytes(StandardCharsets.UTF_8)));
              written.add(new EngineExport(files, parity));
            });
    return written.get(0);
  }

  private static void requireAlike(Parity parity, ExportFormat format) throws IOException {
    if (!parity.holds()) {
      throw new IOException(
          "the model as %s scores otherwise: the largest difference is %s, above %s, on %s lists of %s;"
                  .formatted(
                      format.wireName(),
                      parity.largestDifference(),
                      parity.tolerance(),
                      parity.lists(),
                      parity.source())
              + " nothing was written");
    }
  }
}
