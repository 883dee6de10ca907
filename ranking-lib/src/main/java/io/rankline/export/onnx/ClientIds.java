package io.rankline.export.onnx;

import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.io.Folder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Makes ids of tokens as a client does that knows {@code features.json} and the files beside it.
 *
 * @param folder of the export
 */
record ClientIds(Folder folder) {

  TokenIndex index(FeaturesText.Ids ids) throws IOException {
    Integer identity = ids.identity();
    if (identity != null) {
      return new IdentityIndex(identity, IdentityIndex.Others.NONE);
    }
    int buckets = Objects.requireNonNull(ids.hashBuckets());
    String file = ids.vocabulary();
    if (file == null) {
      return new HashBuckets(buckets);
    }
    String name = file.substring(FeaturesText.ASSETS.length() + 1);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                folder.folder(FeaturesText.ASSETS).open(name), StandardCharsets.UTF_8))) {
      VocabularyIndex known =
          VocabularyIndex.of(Vocabulary.read(name, lines)).withOovBuckets(buckets);
      String ignored = ids.ignored();
      return ignored == null ? known : known.withMaskToken(ignored);
    }
  }
}
