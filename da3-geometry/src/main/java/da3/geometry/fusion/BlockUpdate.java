package da3.geometry.fusion;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/** The integration of one view into the voxels of a block. */
final class BlockUpdate {

    /**
     * Voxels farther than this behind a surface, in truncations along the ray, are not updated, even if the surface is
     * slanted.
     */
    static final double MAX_BEHIND = 2;

    private final SurfacePixels pixels;
    private final TsdfOptions options;
    private final VoxelBlocks blocks;
    private final ViewFrustum frustum;
    private final Pose pose;
    private final Intrinsics k;
    private final double size;
    private final double truncation;

    BlockUpdate(SurfacePixels pixels, TsdfOptions options, VoxelBlocks blocks) {
        this.pixels = pixels;
        this.options = options;
        this.blocks = blocks;
        this.frustum = new ViewFrustum(pixels.camera, pixels.width, pixels.height, Double.POSITIVE_INFINITY);
        this.pose = pixels.camera.pose();
        this.k = pixels.camera.intrinsics();
        this.size = options.voxelSize();
        this.truncation = options.truncation();
    }

    /** Updates one block. Changes no other block, so blocks can be updated in parallel. */
    void update(int block) {
        long key = blocks.keys().key(block);
        double side = VoxelBlocks.SIDE * size;
        Vec3 corner = new Vec3(BlockKeys.x(key), BlockKeys.y(key), BlockKeys.z(key)).times(side);
        Vec3 center = corner.plus(new Vec3(side / 2, side / 2, side / 2));
        if (!frustum.mayIntersect(center, side * Math.sqrt(3) / 2)) {
            return;
        }
        Vec3 first = pose.transform(corner.plus(new Vec3(size / 2, size / 2, size / 2)));
        Mat3 r = pose.rotation();
        float[] page = blocks.page(block);
        int at = VoxelBlocks.offset(block);
        for (int z = 0; z < VoxelBlocks.SIDE; z++) {
            for (int y = 0; y < VoxelBlocks.SIDE; y++) {
                for (int x = 0; x < VoxelBlocks.SIDE; x++, at++) {
                    updateVoxel(
                            first.x() + size * (x * r.m00() + y * r.m01() + z * r.m02()),
                            first.y() + size * (x * r.m10() + y * r.m11() + z * r.m12()),
                            first.z() + size * (x * r.m20() + y * r.m21() + z * r.m22()),
                            page,
                            at);
                }
            }
        }
    }

    /** Updates a voxel with center (x, y, z) in camera coordinates. */
    private void updateVoxel(double x, double y, double z, float[] page, int at) {
        if (!(z > 0)) {
            return;
        }
        double u = k.projectX(x, z);
        double v = k.projectY(y, z);
        if (!(u >= 0 && u < pixels.width && v >= 0 && v < pixels.height)) {
            return;
        }
        int column = (int) u;
        int row = (int) v;
        int i = row * pixels.width + column;
        double own = pixels.inverse[i];
        if (!(own > 0) || z * own > 1 + MAX_BEHIND * truncation * own) {
            return;
        }
        if (options.projective()) {
            updateAlongRay(i, z, page, at);
            return;
        }
        double here = own + pixels.slopeX[i] * (u - column - 0.5) + pixels.slopeY[i] * (v - row - 0.5);
        // The perpendicular distance to the plane of the pixel; unlike a difference in depth, it is the same from any
        // view.
        double distance = (1 - z * here) * pixels.planeDistance[i];
        if (distance < -truncation || distance > truncation && !options.carving()) {
            return;
        }
        double slant = here * pixels.planeDistance[i] * z / Math.sqrt(x * x + y * y + z * z);
        double weight = pixels.weight[i] * slant * slant * trust(distance);
        if (pixels.edge[i] && isDisputed(u, v, z, column, row, distance)) {
            weight *= options.edgeTrust();
        }
        if (weight > 0) {
            add(page, at, Math.min(distance, truncation), weight, distance <= truncation ? 3 * i : -1);
        }
    }

    /** Updates a voxel at depth z with the distance along the ray of a pixel. */
    private void updateAlongRay(int i, double z, float[] page, int at) {
        double x = (i % pixels.width + 0.5 - k.cx()) / k.fx();
        double y = (i / pixels.width + 0.5 - k.cy()) / k.fy();
        double distance = (1.0 / pixels.inverse[i] - z) * Math.sqrt(1 + x * x + y * y);
        if (distance > -truncation) {
            add(page, at, Math.min(distance, truncation), pixels.weight[i], distance <= truncation ? 3 * i : -1);
        }
    }

    /** Returns whether one of the pixels next to a point shows another surface, which the point may belong to. */
    private boolean isDisputed(double u, double v, double z, int column, int row, double distance) {
        double own = Math.min(distance, truncation);
        int towardsX = u - column < 0.5 ? -1 : 1;
        int towardsY = v - row < 0.5 ? -1 : 1;
        for (int n = 1; n < 4; n++) {
            int x = column + (n & 1) * towardsX;
            int y = row + (n >> 1) * towardsY;
            if (x < 0 || x >= pixels.width || y < 0 || y >= pixels.height) {
                continue;
            }
            int i = y * pixels.width + x;
            double other = Math.max(-truncation, Math.min(truncation, pixels.distance(i, u, v, z)));
            if (!(pixels.inverse[i] > 0) || Math.abs(other - own) > size) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a weight that decreases from one voxel behind the surface on, where another surface may begin that this
     * view cannot see.
     */
    private double trust(double distance) {
        if (distance >= -size || truncation <= size) {
            return 1;
        }
        double remaining = (truncation + distance) / (truncation - size);
        return remaining * remaining;
    }

    private void add(float[] page, int at, double distance, double weight, int rgb) {
        double before = page[at + VoxelBlocks.WEIGHT];
        double total = before + weight;
        page[at] += (float) ((distance - page[at]) * weight / total);
        page[at + VoxelBlocks.WEIGHT] = (float) total;
        if (rgb >= 0) {
            double share = weight / (page[at + VoxelBlocks.COLOR_WEIGHT] + weight);
            page[at + VoxelBlocks.COLOR_WEIGHT] += (float) weight;
            for (int c = 0; c < 3; c++) {
                int plane = at + VoxelBlocks.COLOR + c * VoxelBlocks.VOXELS;
                page[plane] += (float) (((pixels.image.rgb()[rgb + c] & 0xff) - page[plane]) * share);
            }
        }
    }
}
