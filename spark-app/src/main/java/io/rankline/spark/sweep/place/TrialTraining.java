package io.rankline.spark.sweep.place;

import io.rankline.config.RunConfig;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import java.nio.file.Path;
import java.util.List;

/**
 * A run that is to be trained.
 *
 * @param trial what is tried
 * @param configuration file of all runs
 * @param overrides in the place of its values, the folder among them
 * @param folder of the run
 */
public record TrialTraining(
    Trial trial, Path configuration, List<String> overrides, Folder folder) {

  public TrialTraining {
    overrides = List.copyOf(overrides);
  }

  RunConfig run() {
    return RunConfig.load(configuration, overrides);
  }
}
