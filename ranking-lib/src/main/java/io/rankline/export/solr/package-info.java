/**
 * Models for the learning-to-rank module of Apache Solr: features of a feature store, and a {@code
 * NeuralNetworkModel} over them.
 *
 * <p>Start at {@link io.rankline.export.solr.SolrFormat}.
 */
@NullMarked
package io.rankline.export.solr;

import org.jspecify.annotations.NullMarked;
