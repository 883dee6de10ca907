/**
 * Made-up ranking logs: for examples, tests and measurements where no real log may be shown.
 *
 * <p>Start at {@link io.rankline.data.synthetic.SyntheticLog}. Its 136 features are those that a
 * web search engine computes of a query and a page, in the order of MSLR-WEB30K: 25 text features
 * of 5 streams, then 11 of the page. Term counts are drawn, and the features follow from them by
 * their own formulas, so that they are skewed and correlated as real ones are.
 *
 * <p>A list is a function of the seed and its number alone: in whatever order lists are made, it is
 * the same.
 */
@NullMarked
package io.rankline.data.synthetic;

import org.jspecify.annotations.NullMarked;
