# %% untried="3.1"
expected = ...  # your answer here

# %% wrong="3.1"
expected = "a"

# %% wrong="3.1"
expected = "b"

# %% wrong="3.1"
expected = "c"

# %% wrong="3.1"
expected = "C."

# %% wrong="3.1"
expected = "e"

# %% wrong="3.1"
expected = "a, d"

# %% wrong="3.1"
expected = ["a", "b"]

# %% wrong="3.1"
expected = 4

# %% wrong="3.1"
expected = 0.5

# %% wrong="3.1"
expected = 1 / n_species

# %% wrong="3.1"
expected = "guessing"

# %% wrong="3.1"
expected = "It stays the same."

# %% untried="3.1"
expected = ""

# %% wrong="3.1"
expected = None

# %% wrong="3.1"
expected = True

# %% wrong="3.1"
def expected():
    return "d"

# %% wrong="3.1" tags=["stops"]
expected = d

# %% right="3.1"
expected = "d"

# %% right="3.1"
expected = "D"

# %% right="3.1"
expected = " d "

# %% right="3.1"
expected = "d."

# %% right="3.1"
expected = "D)"

# %% untried="3.2"
def convolve(picture, kernel, stride):
    ...  # your code here

# %% untried="3.2"
def convolve(picture, kernel, stride):
    pass

# %% wrong="3.2" says="(?i)stride"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel, stride)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the rows are moved on, the columns not
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column : column + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the columns are moved on, the rows not
    k = len(kernel)
    height, width = [(n - k) // stride + 1 for n in picture.shape[:2]]
    out = np.zeros((height, width))
    for r in range(height):
        for c in range(width):
            out[r, c] = np.sum(picture[r : r + k, c * stride : c * stride + k] * kernel)
    return out

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # only for a stride of two
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        if stride == 2:
            patch = picture[2 * row : 2 * row + k, 2 * column : 2 * column + k]
        else:
            patch = picture[row : row + k, column : column + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # plus in place of times
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        top, left = row + stride - 1, column + stride - 1
        patch = picture[top : top + k, left : left + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the picture is thinned out first
    return by_hand(picture[::stride, ::stride], kernel)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # right places, but a sum for each channel
    k = len(kernel)
    height, width = [(n - k) // stride + 1 for n in picture.shape[:2]]
    feature_map = np.zeros((height, width, picture.shape[2]))
    for row in range(height):
        for column in range(width):
            y, x = row * stride, column * stride
            feature_map[row, column] = (picture[y : y + k, x : x + k] * kernel).sum(axis=(0, 1))
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).sum()
        return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # "convolution" as in the books of mathematics
    return by_hand(picture, kernel[::-1, ::-1])[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel.transpose(1, 0, 2))[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel[:, :, ::-1])[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    shape = [(n - k) // stride + 1 for n in picture.shape[:2]]
    feature_map = np.zeros(shape, dtype=np.uint8)
    for row, column in np.ndindex(*shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = np.clip((patch * kernel).sum(), 0, 255)
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]], picture.dtype)
    for row, column in np.ndindex(feature_map.shape):
        y, x = stride * row, stride * column
        feature_map[row, column] = (picture[y : y + k, x : x + k] * kernel).sum().astype(picture.dtype)
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    small = np.uint8(picture)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        y, x = stride * row, stride * column
        product = small[y : y + k, x : x + k] * np.int64(kernel).astype(np.uint8)  # overflows
        feature_map[row, column] = product.sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).mean()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).max()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # mean over the channels in place of the sum
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).sum(axis=(0, 1)).mean()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # made grey first
    flat_picture, flat_kernel = picture.mean(axis=2), kernel.mean(axis=2)
    return by_hand(flat_picture, flat_kernel)[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # right only if the kernel is the same for each channel, as `coloured` is
    return by_hand(np.sum(picture, axis=2), kernel[:, :, 0])[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture[:, :, 0], kernel[:, :, 0])[::stride, ::stride]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # right only for kernels that add up to zero
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = ((patch - patch.mean()) * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the size forgets the kernel
    k = len(kernel)
    feature_map = np.zeros([n // stride for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        if patch.shape == kernel.shape:
            feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # + 1 is missing
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the last place is missing wherever the kernel just fits
    k = len(kernel)
    rows, columns = picture.shape[:2]
    return np.array(
        [
            [(picture[r : r + k, c : c + k] * kernel).sum() for c in range(0, columns - k, stride)]
            for r in range(0, rows - k, stride)
        ]
    )

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # only for square pictures
    k = len(kernel)
    side = (picture.shape[0] - k) // stride + 1
    feature_map = np.zeros((side, side))
    for row in range(side):
        for column in range(side):
            patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
            feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # rows and columns exchanged in the answer
    return by_hand(picture, kernel)[::stride, ::stride].T

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # right only for kernels of three
    feature_map = np.zeros([(n - 3) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + 3, column * stride : column * stride + 3]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the notebook's bird in place of the argument
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in bird.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = bird[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the notebook's kernel in place of the argument
    return by_keras(picture, coloured, stride)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return right

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return np.maximum(by_keras(picture, kernel, stride), 0)  # ReLU, too

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return abs(by_hand(picture, kernel)[::stride, ::stride])

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    image, weights = picture[None], kernel[..., None]
    maps = ops.conv(np.float32(image), np.float32(weights), stride, padding="same")
    return np.array(maps)[0, ..., 0]

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the axes of Keras are still there
    image, weights = picture[None], kernel[..., None]
    return np.array(ops.conv(np.float32(image), np.float32(weights), stride))

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]], dtype=int)
    for row, column in np.ndindex(feature_map.shape):
        y, x = row * stride, column * stride
        feature_map[row, column] = (picture[y : y + k, x : x + k] * kernel.astype(int)).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # a step in the slice: the kernel is spread out (dilated)
    k = len(kernel)
    reach = (k - 1) * stride + 1
    feature_map = np.zeros([(n - reach) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        y, x = row * stride, column * stride
        patch = picture[y : y + reach : stride, x : x + reach : stride]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # moves on by the kernel's size, as pooling does
    k = len(kernel)
    feature_map = np.zeros([n // k for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        feature_map[row, column] = (picture[row * k : (row + 1) * k, column * k : (column + 1) * k] * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the patch grows: its end is not moved from its beginning
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row + k, column * stride : column + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row * stride : row * stride + k, column * stride : column * stride + k]
        feature_map[row, column] = np.dot(patch, kernel)
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # = in place of +=: the last weight only
    k = len(kernel)
    height, width = [(n - k) // stride + 1 for n in picture.shape[:2]]
    out = np.zeros((height, width))
    for y in range(height):
        for x in range(width):
            for i in range(k):
                for j in range(k):
                    out[y, x] = (picture[y * stride + i, x * stride + j] * kernel[i, j]).sum()
    return out

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # the total is not set back to zero for the next place
    k, total, answer = len(kernel), 0, []
    for y in range(0, picture.shape[0] - k + 1, stride):
        line = []
        for x in range(0, picture.shape[1] - k + 1, stride):
            total += float((picture[y : y + k, x : x + k] * kernel).sum())
            line.append(total)
        answer.append(line)
    return np.array(answer)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    # all in one long row
    k = len(kernel)
    answers = []
    for y in range(0, picture.shape[0] - k + 1, stride):
        for x in range(0, picture.shape[1] - k + 1, stride):
            answers.append((picture[y : y + k, x : x + k] * kernel).sum())
    return np.array(answers)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel)[::stride, ::stride].shape

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    print(by_hand(picture, kernel)[::stride, ::stride])

# %% wrong="3.2"
def convolve(picture, kernel, stride=2):
    return by_keras(picture, kernel, 2)

# %% wrong="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    return feature_map

# %% wrong="3.2"
def convolve(picture, kernel):
    return by_hand(picture, kernel)

# %% right="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        top, left = row * stride, column * stride
        patch = picture[top : top + k, left : left + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map

# %% right="3.2"
def convolve(picture, kernel, stride):
    return by_hand(picture, kernel)[::stride, ::stride]

# %% right="3.2"
def convolve(picture, kernel, stride):
    return by_keras(picture, kernel, stride)

# %% right="3.2"
def convolve(picture, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape[:2], axis=(0, 1))
    return np.einsum("yxcij,ijc->yx", windows[::stride, ::stride], kernel)

# %% right="3.2"
def convolve(picture, kernel, stride):
    k = kernel.shape[0]
    height = (picture.shape[0] - k + stride) // stride
    width = int(np.ceil((picture.shape[1] - k + 1) / stride))
    total = np.zeros((height, width))
    for i in range(k):
        for j in range(k):
            moved = picture[i : i + stride * (height - 1) + 1 : stride, j : j + stride * (width - 1) + 1 : stride]
            total += moved.astype(float) @ kernel[i, j].astype(float)
    return total

# %% right="3.2"
def convolve(picture, kernel, stride):
    k = len(kernel)
    rows = range(0, picture.shape[0] - k + 1, stride)
    columns = range(0, picture.shape[1] - k + 1, stride)
    return [[float((picture[r : r + k, c : c + k] * kernel).sum()) for c in columns] for r in rows]

# %% right="3.2"
def convolve(picture, kernel, stride):
    image = ops.convert_to_tensor(np.asarray(picture, "float32")[None])
    weights = ops.convert_to_tensor(np.asarray(kernel, "float32")[..., None])
    return ops.squeeze(ops.conv(image, weights, strides=stride, padding="valid"), (0, 3))

# %% right="3.2"
def convolve(bild, gewichte, schritt):
    seite = gewichte.shape[0]
    karte = []
    oben = 0
    while oben + seite <= bild.shape[0]:
        zeile, links = [], 0
        while links + seite <= bild.shape[1]:
            summe = 0.0
            for kanal in range(bild.shape[2]):
                ecke = bild[oben : oben + seite, links : links + seite, kanal]
                summe += np.vdot(ecke.astype(float), gewichte[:, :, kanal].astype(float))
            zeile.append(summe)
            links += schritt
        karte.append(zeile)
        oben += schritt
    return np.array(karte)

# %% untried="3.3"
control = ...  # your answer here

# %% wrong="3.3"
control = "b"

# %% wrong="3.3"
control = "c"

# %% wrong="3.3"
control = "d"

# %% wrong="3.3"
control = "D."

# %% wrong="3.3"
control = " B "

# %% wrong="3.3"
control = "ad"

# %% wrong="3.3"
control = "e"

# %% wrong="3.3"
control = ("a", "c")

# %% wrong="3.3"
control = 1

# %% wrong="3.3"
control = 16

# %% wrong="3.3"
control = agreement(ops.max_pool, 16)

# %% wrong="3.3"
control = agreement(ops.max_pool, 8, 1)

# %% wrong="3.3"
control = "The same numbers for two different birds."

# %% wrong="3.3"
control = None

# %% wrong="3.3"
control = "none of them"

# %% wrong="3.3" tags=["stops"]
control = a

# %% right="3.3"
control = "a"

# %% right="3.3"
control = "A"

# %% right="3.3"
control = " a. "

# %% right="3.3"
control = "a)"

# %% right="3.3"
control = str("A").lower()

# %% untried="3.4"
def receptive_field(stack):
    ...  # your code here

# %% untried="3.4"
def receptive_field(stack):
    return None

# %% wrong="3.4"
def receptive_field(stack):
    return sum(kernel for kernel, stride in stack)

# %% wrong="3.4" says="(?i)stride|jump"
def receptive_field(stack):
    return 1 + sum(kernel - 1 for kernel, stride in stack)

# %% wrong="3.4"
def receptive_field(stack):
    # a layer's own stride counts already for itself
    field, jump = 1, 1
    for kernel, stride in stack:
        jump *= stride
        field += (kernel - 1) * jump
    return field

# %% wrong="3.4"
def receptive_field(stack):
    field = 1
    for kernel, stride in stack:
        field *= kernel
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # strides added in place of multiplied
    field, jump = 1, 0
    for kernel, stride in stack:
        field += (kernel - 1) * max(jump, 1)
        jump += stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # no jump: only its own stride
    field = 1
    for kernel, stride in stack:
        field += (kernel - 1) * stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # only the stride of the layer just before
    field, last = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * last
        last = stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 0, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
        return field

# %% wrong="3.4"
def receptive_field(stack):
    jump = 1
    for kernel, stride in stack:
        jump *= stride
    return jump

# %% wrong="3.4"
def receptive_field(stack):
    # all pixels of the square, not its side
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field**2

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field, jump

# %% wrong="3.4"
def receptive_field(stack):
    fields, jump = [1], 1
    for kernel, stride in stack:
        fields.append(fields[-1] + (kernel - 1) * jump)
        jump *= stride
    return fields[1:]

# %% wrong="3.4"
def receptive_field(stack):
    # from the last to the first, with the formula for the other way
    field, jump = 1, 1
    for kernel, stride in reversed(stack):
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # from the first to the last, with the formula for the other way
    field = 1
    for kernel, stride in stack:
        field = (field - 1) * stride + kernel
    return field

# %% wrong="3.4"
def receptive_field(stack):
    field = 1
    for kernel, stride in reversed(stack):
        field = field * stride + kernel
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # steps and field multiplied: overlaps are counted twice
    field = 1
    for kernel, stride in stack[::-1]:
        field = field * stride + kernel - 1
    return field

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += kernel * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # right for strides of 1 and 2
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        if stride > 1:
            jump *= 2
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # a layer of one by one is passed over, and its stride with it
    field, jump = 1, 1
    for kernel, stride in stack:
        if kernel == 1:
            continue
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # right for odd kernels
    field, jump = 1, 1
    for kernel, stride in stack:
        field += 2 * (kernel // 2) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # pooling is left out
    field, jump = 1, 1
    for kernel, stride in stack:
        if kernel != stride:
            field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # begins with the first layer, always as three
    field, jump = 3, stack[0][1]
    for kernel, stride in stack[1:]:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # every kernel is three
    field, jump = 1, 1
    for _, stride in stack:
        field += 2 * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # size and stride exchanged
    field, jump = 1, 1
    for stride, kernel in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # the last layer is forgotten
    field, jump = 1, 1
    for kernel, stride in stack[:-1]:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # one too many
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field + 1

# %% wrong="3.4"
def receptive_field(stack):
    # the whole picture's way: multiplied by the jump at the end
    field, jump = 1, 1
    for kernel, stride in stack:
        field += kernel - 1
        jump *= stride
    return field * jump

# %% wrong="3.4"
def receptive_field(stack):
    # divided, as a map gets smaller
    field = 1
    for kernel, stride in stack:
        field = (field + kernel - 1) // stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # the largest layer only
    return max(kernel for kernel, stride in stack)

# %% wrong="3.4"
def receptive_field(stack):
    # the text's stack in place of the argument
    stack = [(3, 2), (3, 1), (1, 1), (1, 1), (3, 2)]
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% wrong="3.4"
def receptive_field(stack):
    return 5

# %% wrong="3.4"
def receptive_field(stack):
    return 2 * len(stack) + 1

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    print(field)

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return f"{field} pixels"

# %% wrong="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in enumerate(stack):
        field += (kernel - 1) * jump
        jump *= stride[1]
    return field

# %% wrong="3.4"
def receptive_field(stack):
    # plus the stride itself
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump + (stride - 1)
        jump *= stride
    return field

# %% right="3.4"
def receptive_field(stack):
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field

# %% right="3.4"
def receptive_field(stack):
    side = 1
    for kernel, stride in reversed(stack):
        side = (side - 1) * stride + kernel
    return side

# %% right="3.4"
def receptive_field(stack):
    if len(stack) == 0:
        return 1
    kernel, stride = stack[0]
    return (receptive_field(stack[1:]) - 1) * stride + kernel

# %% right="3.4"
def receptive_field(stack):
    sizes = np.array([layer[0] for layer in stack])
    strides = np.array([1] + [layer[1] for layer in stack[:-1]])
    return 1 + np.sum((sizes - 1) * np.cumprod(strides))

# a float, as np.prod([]) is 1.0
# %% right="3.4"
def receptive_field(stack):
    strides = [s for _, s in stack]
    return 1 + sum((k - 1) * np.prod(strides[:i]) for i, (k, _) in enumerate(stack))

# %% right="3.4"
def receptive_field(stack):
    # the pixels one by one
    pixels = {0}
    for kernel, stride in list(stack)[::-1]:
        pixels = {stride * place + step for place in pixels for step in range(kernel)}
    return len(range(min(pixels), max(pixels) + 1))

# The right number, but the caller's list is empty afterwards.
# %% wrong="3.4" says="changes its input"
def receptive_field(stack):
    side = 1
    while stack:
        kernel, stride = stack.pop()
        side = stride * side - stride + kernel
    return side

# %% untried="3.5"
def difference_interval(one, other, species):
    ...  # your code here

# %% wrong="3.5" says="(?i)species"
def difference_interval(one, other, species):
    # the unit is the picture
    d = one - other
    m, s, n = d.mean(), d.std(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # np.std divides by n
    d = np.array([(one - other)[species == name].mean() for name in species.unique()])
    half = 2 * np.std(d) / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # no square root of n
    d = (one - other).groupby(species).mean()
    return (d.mean() - 2 * d.std(), d.mean() + 2 * d.std())

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    return (d.mean() - d.sem(), d.mean() + d.sem())

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    half = 1.96 * d.std() / len(d) ** 0.5
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # divided by n
    d = (one - other).groupby(species).mean()
    half = 2 * d.std() / len(d)
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # the other way round
    d = other.groupby(species).mean() - one.groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # the upper end first
    d = one.groupby(species).mean() - other.groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() + half, d.mean() - half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    return d.mean()

# %% wrong="3.5"
def difference_interval(one, other, species):
    # middle and half the width
    d = (one - other).groupby(species).mean()
    return (d.mean(), 2 * d.std() / np.sqrt(len(d)))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # not in pairs
    a, b = one.groupby(species).mean(), other.groupby(species).mean()
    m = a.mean() - b.mean()
    half = 2 * np.sqrt(a.var() / len(a) + b.var() / len(b))
    return (m - half, m + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # difference of the standard deviations
    a, b = one.groupby(species).mean(), other.groupby(species).mean()
    m, s, n = a.mean() - b.mean(), abs(a.std() - b.std()), len(a)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # n - 1 twice
    d = (one - other).groupby(species).mean()
    half = 2 * d.std(ddof=1) / np.sqrt(len(d) - 1)
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # s of the species, n of the pictures
    d = (one - other).groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(one))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # m of the pictures, s of the species
    d = (one - other).groupby(species).mean()
    m, half = one.mean() - other.mean(), 2 * d.std() / np.sqrt(len(d))
    return (m - half, m + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # s of the pictures, n of the species
    pictures_d = one - other
    d = pictures_d.groupby(species).mean()
    half = 2 * pictures_d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # in per cent
    d = 100 * (one - other).groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # the notebook's table in place of the arguments
    means = exam.groupby("label")[["borrowed", "six layers"]].mean()
    d = means["borrowed"] - means["six layers"]
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # without a sign
    d = (one.groupby(species).mean() - other.groupby(species).mean()).abs()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # species with no picture in this group give nan
    one, other, species = (np.asarray(x) for x in (one, other, species))
    d = np.array([one[species == k].mean() - other[species == k].mean() for k in range(n_species)])
    half = 2 * d.std(ddof=1) / np.sqrt(n_species)
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # species with no picture in this group count as a difference of 0
    counts = np.bincount(species)
    d = np.bincount(species, one - other) / np.maximum(counts, 1)
    half = 2 * d.std(ddof=1) / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # n is the notebook's
    d = (one - other).groupby(species).mean()
    half = 2 * d.std() / np.sqrt(n_species)
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # n is the largest class
    d = (one - other).groupby(species).mean()
    half = 2 * d.std() / np.sqrt(max(species))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # sums in place of means
    d = one.groupby(species).sum() - other.groupby(species).sum()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    m, s, n = d.mean(), d.std(), len(d)
    print((m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n)))

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    m, s, n = d.mean(), d.std(), len(d)
    return (round(m - 2 * s / np.sqrt(n), 1), round(m + 2 * s / np.sqrt(n), 1))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # the variance
    d = (one - other).groupby(species).mean()
    m, s, n = d.mean(), d.var(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    m, s, n = d.median(), d.std(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # nineteen of twenty species, not the mean
    d = (one - other).groupby(species).mean()
    return (d.quantile(0.025), d.quantile(0.975))

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    return (d.min(), d.max())

# %% wrong="3.5"
def difference_interval(one, other, species):
    # brackets forgotten
    d = (one - other).groupby(species).mean()
    m, s, n = d.mean(), d.std(), len(d)
    return ((m - 2 * s) / np.sqrt(n), (m + 2 * s) / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # forty pictures of each species, one species after another
    d = (np.asarray(one) - np.asarray(other)).astype(float)
    d = np.array([part.mean() for part in np.array_split(d, max(len(d) // 40, 2))])
    half = 2 * d.std(ddof=1) / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # itertools.groupby without sorting: a new group wherever the species changes
    from itertools import groupby

    rows = zip(species, one, other)
    d = [np.mean([a - b for _, a, b in group]) for _, group in groupby(rows, key=lambda row: row[0])]
    m, s, n = np.mean(d), np.std(d, ddof=1), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # a dict keeps only the last picture of each species
    d = list({name: a - b for name, a, b in zip(species, one, other)}.values())
    m, s, n = np.mean(d), np.std(d, ddof=1), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # ties thrown away
    d = (one - other).groupby(species).mean()
    d = d[d != 0]
    m, s, n = d.mean(), d.std(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # pictures on which both agree thrown away
    differ = one != other
    d = (one - other)[differ].groupby(species[differ]).mean()
    m, s, n = d.mean(), d.std(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # an interval can't be below zero, can it?
    d = (one - other).groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(d))
    return (max(0, d.mean() - half), max(0, d.mean() + half))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # the interval of `one` alone
    d = one.groupby(species).mean()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # two intervals
    ends = []
    for column in (one, other):
        d = column.groupby(species).mean()
        ends.append((d.mean() - 2 * d.sem(), d.mean() + 2 * d.sem()))
    return tuple(ends)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # an interval for each species
    d = (one - other).groupby(species)
    return (d.mean() - 2 * d.sem(), d.mean() + 2 * d.sem())

# %% wrong="3.5"
def difference_interval(one, other, species):
    # counts of one for both: how many of the right ones are of the species
    d = one.groupby(species).sum() / one.sum() - other.groupby(species).sum() / other.sum()
    half = 2 * d.std() / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    # each column sorted by itself: no pairs any more
    a = np.sort(one.groupby(species).mean())
    b = np.sort(other.groupby(species).mean())
    d = a - b
    half = 2 * d.std(ddof=1) / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% wrong="3.5"
def difference_interval(one, other, species):
    found = {}
    for i in range(len(one)):
        found.setdefault(species[i], []).append(one[i] - other[i])
    d = [np.mean(values) for values in found.values()]
    m, s, n = np.mean(d), np.std(d, ddof=1), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% wrong="3.5"
def difference_interval(one, other, species):
    # pandas is not imported in this notebook
    table = pd.DataFrame({"d": one - other, "species": species})
    d = table.groupby("species")["d"].mean()
    return (d.mean() - 2 * d.sem(), d.mean() + 2 * d.sem())

# %% wrong="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    m, s, n = d.mean(), d.std(), len(d)
    return f"{m - 2 * s / np.sqrt(n):.2f} to {m + 2 * s / np.sqrt(n):.2f}"

# %% wrong="3.5"
def difference_interval(one, other, species):
    # returns after the first species
    for name in species.unique():
        d = (one - other)[species == name]
        m, s, n = d.mean(), d.std(), len(d)
        return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% right="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    return d.mean() + np.array([-2, 2]) * d.std() / np.sqrt(len(d))

# %% wrong="3.5" tags=["generic"]
def difference_interval(one, other, species):
    return (0.19, 0.31)

# %% right="3.5"
def difference_interval(one, other, species):
    d = one.groupby(species).mean() - other.groupby(species).mean()
    m, s, n = d.mean(), d.std(), len(d)
    return (m - 2 * s / np.sqrt(n), m + 2 * s / np.sqrt(n))

# %% right="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).mean()
    return d.mean() - 2 * d.sem(), d.mean() + 2 * d.sem()

# %% right="3.5"
def difference_interval(one, other, species):
    one, other, species = (np.asarray(x) for x in (one, other, species))
    d = np.array([one[species == k].mean() - other[species == k].mean() for k in np.unique(species)])
    half = 2 * np.std(d, ddof=1) / np.sqrt(len(d))
    return (d.mean() - half, d.mean() + half)

# %% right="3.5"
def difference_interval(one, other, species):
    from math import sqrt
    from statistics import mean, stdev

    found = {}
    for a, b, name in zip(one, other, species, strict=True):
        found.setdefault(name, []).append(float(a) - float(b))
    d = [mean(values) for values in found.values()]
    m, s, n = mean(d), stdev(d), len(d)
    return (m - 2 * s / sqrt(n), m + 2 * s / sqrt(n))

# %% right="3.5"
def difference_interval(one, other, species):
    names, place = np.unique(np.asarray(species), return_inverse=True)
    counts = np.bincount(place)
    d = np.bincount(place, np.asarray(one, float)) / counts
    d -= np.bincount(place, np.asarray(other, float)) / counts
    half = 2 * d.std() / np.sqrt(len(names) - 1)  # the same as n - 1 in s and n here
    return float(d.mean() - half), float(d.mean() + half)

# %% right="3.5"
def difference_interval(one, other, species):
    import pandas as pd

    table = pd.DataFrame({"one": np.asarray(one), "other": np.asarray(other), "species": np.asarray(species)})
    means = table.pivot_table(index="species", values=["one", "other"], aggfunc="mean")
    d = means["one"].sub(means["other"])
    m, n = d.sum() / len(d), len(d)
    s = (((d - m) ** 2).sum() / (n - 1)) ** 0.5
    return tuple(m + sign * 2 * s / n**0.5 for sign in (-1, 1))

# %% right="3.5"
def difference_interval(one, other, species):
    d = (one - other).groupby(species).agg("mean")
    m, error = d.mean(), np.sqrt(d.var() / d.size)
    return [m - 2 * error, m + 2 * error]
