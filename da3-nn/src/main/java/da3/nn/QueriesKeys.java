package da3.nn;

/**
 * Queries and keys of the attention of one block, after their norms and before rotary positions. Attention across views
 * gives all patches the same rotary position, so that products of these are its scores, but for the scale.
 *
 * @param queries (views x tokens, heads, channels of a head)
 * @param keys of the same shape
 */
public record QueriesKeys(Tensor queries, Tensor keys) {

    QueriesKeys keptIn(Scope scope) {
        return new QueriesKeys(scope.keep(queries), scope.keep(keys));
    }
}
