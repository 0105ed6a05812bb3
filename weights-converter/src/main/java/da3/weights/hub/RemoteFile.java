package da3.weights.hub;

import java.net.URI;

/**
 * A file of a model at one commit, as the hub announces it.
 *
 * @param name a legal file name
 * @param commit 40 hexadecimal digits
 * @param etag its digest, which also names it in the cache: SHA-256 of large files, git's SHA-1 of small ones
 * @param bytes its size
 * @param uri where it is, at that commit
 */
record RemoteFile(String name, String commit, String etag, long bytes, URI uri) {

    BlobDigest digest() {
        return new BlobDigest(etag, bytes);
    }
}
