package io.rankline.server.rest;

import io.rankline.server.model.ModelLease;
import io.rankline.server.status.RequestFault;

/** A request that has been read as far as that goes without the model. */
@FunctionalInterface
interface RestCall {

  RestAnswer on(ModelLease lease) throws RequestFault;
}
