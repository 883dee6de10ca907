/** Solr itself on the models that Rankline writes for it. */
@NullMarked
package io.rankline.engine.solr;

import org.jspecify.annotations.NullMarked;
