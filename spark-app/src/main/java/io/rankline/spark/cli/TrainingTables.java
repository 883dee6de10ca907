package io.rankline.spark.cli;

import io.rankline.config.RunConfig;
import io.rankline.config.TableInputs;
import io.rankline.spark.convert.TrainingLists;
import io.rankline.text.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Makes the lists of a training's tables and says so. */
final class TrainingTables {

  private TrainingTables() {}

  /** The session stays: strategies train with it, and the application ends it. */
  static void make(RunConfig run, TableInputs tables, PrintWriter out) throws IOException {
    TrainingLists.Outcome outcome =
        new TrainingLists(run, tables).make(() -> LocalSession.open("rankline train").session());
    outcome.faults().forEach(fault -> out.println("skipped " + fault));
    if (outcome.skipped() > outcome.faults().size()) {
      out.printf(Locale.ROOT, "skipped %,d in all%n", outcome.skipped());
    }
    if (outcome.made()) {
      out.printf(
          Locale.ROOT,
          "made %,d lists of %s in %s%n",
          outcome.lists(),
          table(tables),
          tables.listsDir());
    } else {
      out.printf(
          "found lists of %s in %s; delete that folder to make them anew%n",
          table(tables), tables.listsDir());
    }
    out.flush();
  }

  private static String table(TableInputs tables) {
    return Secrets.hidden(String.valueOf(tables.trainInput()));
  }
}
