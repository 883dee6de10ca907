package io.rankline.server.model;

import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;

/** What is done with a version between its loading and its first request. */
public interface ModelStart {

  /** Nothing: the model scores the lists of requests as they come. */
  ModelStart PLAIN =
      new ModelStart() {
        @Override
        public ListScorer scorer(SavedRankingModel model) {
          return model::predictAll;
        }

        @Override
        public void prepare(ModelLease lease, Folder folder) {}
      };

  /** What scores the lists of requests, with the model's bits. */
  ListScorer scorer(SavedRankingModel model);

  /**
   * Has a version answer before anybody asks it.
   *
   * @param lease which is closed afterwards
   * @param folder that the version lies in
   * @throws IOException if the version is not to be served; says why
   */
  void prepare(ModelLease lease, Folder folder) throws IOException;
}
