/** XGBoost itself on the trees that Rankline writes. */
@NullMarked
package io.rankline.engine.xgboost;

import org.jspecify.annotations.NullMarked;
