package da3.weights.hub;

import java.net.URI;

/**
 * A file of a model at one commit, as announced by the hub.
 *
 * @param name valid file name
 * @param commit 40 hexadecimal digits
 * @param etag digest, which is also its name in the cache: SHA-256 of large files, SHA-1 of small ones as git blobs
 * @param bytes size
 * @param uri address at that commit
 */
record RemoteFile(String name, String commit, String etag, long bytes, URI uri) {

    BlobDigest digest() {
        return new BlobDigest(etag, bytes);
    }
}
