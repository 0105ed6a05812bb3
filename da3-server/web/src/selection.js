/** The selected photos or video; dispatches "change" when they change. */
export class Selection extends EventTarget {
  #files = [];

  get files() {
    return this.#files;
  }

  get isVideo() {
    return this.#files.length === 1 && isVideo(this.#files[0]);
  }

  get bytes() {
    return this.#files.reduce((sum, file) => sum + file.size, 0);
  }

  /** Adds files and sorts all by name. Returns an error message if the files cannot be combined, otherwise null. */
  add(files) {
    const unsupported = files.filter(file => !isVideo(file) && !isPhoto(file));
    if (unsupported.length > 0) return `${quoted(unsupported)} cannot be read. Choose JPEG, PNG, WebP, BMP, TIFF or HEIC images, or a video.`;
    const added = files.filter(file => !this.#files.some(old => same(old, file)));
    const all = [...this.#files, ...added];
    if (all.some(isVideo) && all.length > 1) return "A scene is made from photos or from one video, not from both.";
    this.#files = all.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    this.dispatchEvent(new Event("change"));
    return null;
  }

  remove(file) {
    this.#files = this.#files.filter(other => other !== file);
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.#files = [];
    this.dispatchEvent(new Event("change"));
  }
}

export function isVideo(file) {
  return file.type.startsWith("video/") || /\.(mp4|mov|m4v|mkv|webm|avi|flv|wmv)$/i.test(file.name);
}

function isPhoto(file) {
  return /^image\/(jpeg|png|webp|bmp|tiff|heic|heif)$/.test(file.type) || /\.(jpe?g|png|webp|bmp|tiff?|heic|heif)$/i.test(file.name);
}

function same(a, b) {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

function quoted(files) {
  return files.slice(0, 3).map(file => `\u201c${file.name}\u201d`).join(", ") + (files.length > 3 ? ` and ${files.length - 3} more` : "");
}
