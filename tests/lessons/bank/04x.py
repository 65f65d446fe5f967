# %% untried="4x.1"
def asks_for(content): ...  # your code here


# %% right="4x.1"
def asks_for(content):
    return {
        argument for instruction, argument, _ in pickletools.genops(content) if instruction.name == "GLOBAL"
    }


# %% right="4x.1"
def asks_for(content):
    names = set()
    for instruction, argument, position in pickletools.genops(content):
        if instruction.code == "c":
            names.add(argument)
    return names


# %% right="4x.1"
def asks_for(content):
    import re
    from io import StringIO

    text = StringIO()
    pickletools.dis(content, out=text)
    return set(re.findall(r"^ *\d+: c +GLOBAL +'([^'\n]*)'$", text.getvalue(), flags=re.MULTILINE))


# %% right="4x.1"
def asks_for(content):
    steps = list(pickletools.genops(content))
    found = [step[1] for step in filter(lambda step: step[0].name == "GLOBAL", steps)]
    return set(" ".join(name.split(" ", 1)) for name in found)


# %% right="4x.1"
def asks_for(content):
    import io

    names = set()
    for instruction, _, position in pickletools.genops(io.BytesIO(content)):
        if instruction.name == "GLOBAL":
            module, name = content[position + 1 :].split(b"\n", 2)[:2]
            names |= {f"{module.decode()} {name.decode()}"}
    return names


# %% wrong="4x.1"
def asks_for(content):
    return [
        argument for instruction, argument, _ in pickletools.genops(content) if instruction.name == "GLOBAL"
    ]


# %% wrong="4x.1"
def asks_for(content):
    return {
        argument.replace(" ", ".")
        for instruction, argument, _ in pickletools.genops(content)
        if instruction.name == "GLOBAL"
    }


# what is called has no argument
# %% wrong="4x.1"
def asks_for(content):
    return {
        argument for instruction, argument, _ in pickletools.genops(content) if instruction.name == "REDUCE"
    }


# only the first
# %% wrong="4x.1"
def asks_for(content):
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            return {argument}


# only the first, and a set even where there is none
# %% wrong="4x.1"
def asks_for(content):
    names = set()
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            names.add(argument)
            break
    return names


# only the last
# %% wrong="4x.1"
def asks_for(content):
    names = set()
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            names = {argument}
    return names


# every text, whatever it is for
# %% wrong="4x.1"
def asks_for(content):
    return {argument for _, argument, _ in pickletools.genops(content) if isinstance(argument, str)}


# every text with a space
# %% wrong="4x.1"
def asks_for(content):
    return {a for _, a, _ in pickletools.genops(content) if isinstance(a, str) and len(a.split(" ")) == 2}


# without the module
# %% wrong="4x.1"
def asks_for(content):
    return {a.split()[1] for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"}


# the modules alone
# %% wrong="4x.1"
def asks_for(content):
    return {a.split()[0] for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"}


# pairs in place of texts
# %% wrong="4x.1"
def asks_for(content):
    return {tuple(a.split()) for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"}


# letters in place of names
# %% wrong="4x.1"
def asks_for(content):
    names = set()
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            names.update(argument)
    return names


# an object is never equal to a text
# %% wrong="4x.1"
def asks_for(content):
    return {argument for instruction, argument, _ in pickletools.genops(content) if instruction == "GLOBAL"}


# `add` returns None
# %% wrong="4x.1"
def asks_for(content):
    names = set()
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            names = names.add(argument)
    return names


# it runs
# %% wrong="4x.1"
def asks_for(content):
    pickle.loads(content)
    return {
        argument for instruction, argument, _ in pickletools.genops(content) if instruction.name == "GLOBAL"
    }


# it runs, too: each name is written down, and then imported and called
# %% wrong="4x.1"
def asks_for(content):
    import io

    names = set()

    class Reader(pickle.Unpickler):
        def find_class(self, module, name):
            names.add(f"{module} {name}")
            return super().find_class(module, name)

    Reader(io.BytesIO(content)).load()
    return names


# only what is dangerous
# %% wrong="4x.1"
def asks_for(content):
    return {
        a
        for i, a, _ in pickletools.genops(content)
        if i.name == "GLOBAL" and a.startswith(("__builtin__", "os", "posix"))
    }


# only what is called
# %% wrong="4x.1"
def asks_for(content):
    names, last = set(), None
    for instruction, argument, _ in pickletools.genops(content):
        if instruction.name == "GLOBAL":
            last = argument
        if instruction.name == "REDUCE":
            names.add(last)
    return names


# a pickle of its own
# %% wrong="4x.1"
def asks_for(content):
    content = pickle.dumps(Weights(), protocol=2)
    return {
        argument for instruction, argument, _ in pickletools.genops(content) if instruction.name == "GLOBAL"
    }


# %% wrong="4x.1"
def asks_for(content):
    return {"__builtin__ print"}


# bytes that look like it, in texts, too; and no module with a dot
# %% wrong="4x.1"
def asks_for(content):
    import re

    return {f"{m.decode()} {n.decode()}" for m, n in re.findall(rb"c(\w+)\n(\w+)\n", content)}


# today's name of the module
# %% wrong="4x.1"
def asks_for(content):
    return {
        a.replace("__builtin__", "builtins") for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"
    }


# `dis` prints and returns None
# %% wrong="4x.1"
def asks_for(content):
    return pickletools.dis(content)


# the instructions' names
# %% wrong="4x.1"
def asks_for(content):
    return {
        instruction.name for instruction, argument, _ in pickletools.genops(content) if argument is not None
    }


# one text with all
# %% wrong="4x.1"
def asks_for(content):
    return {", ".join(sorted({a for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"}))}


# places in place of names
# %% wrong="4x.1"
def asks_for(content):
    return {where for i, a, where in pickletools.genops(content) if i.name == "GLOBAL"}


# as bytes
# %% wrong="4x.1"
def asks_for(content):
    return {a.encode() for i, a, _ in pickletools.genops(content) if i.name == "GLOBAL"}


# %% untried="4x.2"
def to_keras(kernel): ...  # your code here


# %% right="4x.2"
def to_keras(kernel):
    return kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel.T


# %% right="4x.2"
def to_keras(kernel):
    import numpy as np

    return np.einsum("oihw->hwio" if len(kernel.shape) == 4 else "oi->io", kernel)


# %% right="4x.2"
def to_keras(kernel):
    import numpy as np

    turned = np.swapaxes(kernel, 0, 1)
    if turned.ndim == 4:
        turned = np.moveaxis(turned, (2, 3), (0, 1))
    return turned


# %% right="4x.2"
def to_keras(kernel):
    import numpy as np

    if kernel.ndim == 2:
        return np.array(list(zip(*kernel)))
    outs, ins, rows, columns = kernel.shape
    result = np.empty((rows, columns, ins, outs), kernel.dtype)
    for o in range(outs):
        for i in range(ins):
            result[:, :, i, o] = kernel[o, i]
    return result


# all axes the other way round, and then rows and columns back
# %% right="4x.2"
def to_keras(kernel):
    turned = kernel.T
    return turned.swapaxes(0, 1) if turned.ndim == 4 else turned


# rows and columns exchanged
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.T


# out before in
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.transpose(2, 3, 0, 1) if kernel.ndim == 4 else kernel.T


# nothing for dense layers
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel


# four axes only
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.transpose(2, 3, 1, 0)


# two axes only
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.T if kernel.ndim == 2 else kernel


# the right shape, and numbers in the wrong places
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 2:
        return kernel.T
    o, i, r, c = kernel.shape
    return kernel.reshape(r, c, i, o)


# reshape for dense layers alone
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel.reshape(kernel.shape[::-1])


# the inverse: from Keras to PyTorch
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.transpose(3, 2, 0, 1) if kernel.ndim == 4 else kernel.T


# `moveaxis` leaves in and out in their order
# %% wrong="4x.2"
def to_keras(kernel):
    import numpy as np

    return np.moveaxis(kernel, [0, 1], [2, 3]) if kernel.ndim == 4 else kernel.T


# only out goes to the end
# %% wrong="4x.2"
def to_keras(kernel):
    import numpy as np

    return np.moveaxis(kernel, 0, -1)


# first and last exchanged: columns, in, rows, out
# %% wrong="4x.2"
def to_keras(kernel):
    import numpy as np

    return np.swapaxes(kernel, 0, -1)


# kernels turned by half a turn, as for a true convolution
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel[:, :, ::-1, ::-1].transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel.T


# a quarter turn in place of an exchange of axes
# %% wrong="4x.2"
def to_keras(kernel):
    import numpy as np

    return kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else np.rot90(kernel)


# the shape, not the kernel
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 4:
        o, i, r, c = kernel.shape
        return r, c, i, o
    return kernel.shape[::-1]


# a shape is never 4
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.shape == 4:
        return kernel.transpose(2, 3, 1, 0)
    return kernel.T


# `len` counts the first axis, not the axes
# %% wrong="4x.2"
def to_keras(kernel):
    return kernel.T if len(kernel) == 2 else kernel.transpose(2, 3, 1, 0)


# transpose gives a new view, which is dropped
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 4:
        kernel.transpose(2, 3, 1, 0)
    else:
        kernel.transpose()
    return kernel


# %% wrong="4x.2"
def to_keras(kernel):
    kernel = kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel.T


# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 4:
        return kernel.transpose(2, 3, 1, 0)


# the notebook's own kernel
# %% wrong="4x.2"
def to_keras(kernel):
    return state["_conv_stem.weight"].transpose(2, 3, 1, 0) if kernel.ndim == 4 else state["_fc.weight"].T


# 3 x 3 only
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.shape[-2:] == (3, 3):
        return kernel.transpose(2, 3, 1, 0)
    return kernel.T


# columns before rows, written as a loop
# %% wrong="4x.2"
def to_keras(kernel):
    import numpy as np

    if kernel.ndim == 2:
        return kernel.T
    outs, ins, rows, columns = kernel.shape
    result = np.zeros((rows, columns, ins, outs), kernel.dtype)
    for r in range(min(rows, columns)):
        for c in range(min(rows, columns)):
            result[r, c] = kernel[:, :, c, r].T
    return result


# whole numbers
# %% wrong="4x.2"
def to_keras(kernel):
    return (kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel.T).astype(int)


# the first output's kernel alone
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 4:
        for picture in kernel:
            return picture.transpose(1, 2, 0)[..., None]
    return kernel.T


# kernels for grey pictures taken for depthwise ones
# %% wrong="4x.2"
def to_keras(kernel):
    if kernel.ndim == 2:
        return kernel.T
    if kernel.shape[1] == 1:
        return kernel.transpose(2, 3, 0, 1)
    return kernel.transpose(2, 3, 1, 0)


# %% untried="4x.3"
def unbeaten(table): ...  # your code here


# %% right="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    before = ordered["top_1"].cummax().shift(fill_value=float("-inf"))
    return ordered[ordered["top_1"] > before]


# %% right="4x.3"
def unbeaten(table):
    keep = []
    for _, row in table.iterrows():
        beaten = False
        for _, other in table.iterrows():
            if other["multiply_adds"] < row["multiply_adds"] and other["top_1"] >= row["top_1"]:
                beaten = True
        keep.append(not beaten)
    return table[keep]


# %% right="4x.3"
def unbeaten(table):
    import numpy as np

    cost, top = table["multiply_adds"].to_numpy(), table["top_1"].to_numpy()
    beats = (cost[:, None] < cost[None]) & (top[:, None] >= top[None])
    return table[~beats.any(axis=0)]


# %% right="4x.3"
def unbeaten(table):
    def nobody_beats(row):
        cheaper = table[table["multiply_adds"] < row["multiply_adds"]]
        return not (cheaper["top_1"] >= row["top_1"]).any()

    return table[table.apply(nobody_beats, axis=1)]


# dearest first, put together again from its rows
# %% right="4x.3"
def unbeaten(table):
    places, best = [], float("-inf")
    order = table["multiply_adds"].to_numpy().argsort()
    for place in order:
        top = table["top_1"].iloc[place]
        if top > best:
            best = top
            places.insert(0, place)
    return table.iloc[places]


# a tie is no defeat, they think
# %% wrong="4x.3"
def unbeaten(table):
    keep = [
        not ((table["multiply_adds"] < row.multiply_adds) & (table["top_1"] > row.top_1)).any()
        for row in table.itertuples()
    ]
    return table[keep]


# only the next cheaper one can beat
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    return ordered[ordered["top_1"].diff().fillna(1) > 0]


# the cheapest one is lost
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    return ordered[ordered["top_1"] > ordered["top_1"].cummax().shift()]


# everyone beats itself
# %% wrong="4x.3"
def unbeaten(table):
    keep = [
        not ((table["multiply_adds"] <= row.multiply_adds) & (table["top_1"] >= row.top_1)).any()
        for row in table.itertuples()
    ]
    return table[keep]


# the beaten ones
# %% wrong="4x.3"
def unbeaten(table):
    keep = [
        ((table["multiply_adds"] < row.multiply_adds) & (table["top_1"] >= row.top_1)).any()
        for row in table.itertuples()
    ]
    return table[keep]


# those that beat somebody
# %% wrong="4x.3"
def unbeaten(table):
    keep = [
        ((table["multiply_adds"] > row.multiply_adds) & (table["top_1"] <= row.top_1)).any()
        for row in table.itertuples()
    ]
    return table[keep]


# a dear one beats a cheap one
# %% wrong="4x.3"
def unbeaten(table):
    keep = [
        not ((table["multiply_adds"] > row.multiply_adds) & (table["top_1"] >= row.top_1)).any()
        for row in table.itertuples()
    ]
    return table[keep]


# not sorted by cost first
# %% wrong="4x.3"
def unbeaten(table):
    before = table["top_1"].cummax().shift(fill_value=float("-inf"))
    return table[table["top_1"] > before]


# a mask
# %% wrong="4x.3"
def unbeaten(table):
    return pd.Series(
        [
            not ((table["multiply_adds"] < row.multiply_adds) & (table["top_1"] >= row.top_1)).any()
            for row in table.itertuples()
        ],
        index=table.index,
    )


# the labels of the rows
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    before = ordered["top_1"].cummax().shift(fill_value=float("-inf"))
    return ordered.index[ordered["top_1"] > before]


# a list of rows
# %% wrong="4x.3"
def unbeaten(table):
    found = []
    for _, row in table.iterrows():
        if not ((table["multiply_adds"] < row["multiply_adds"]) & (table["top_1"] >= row["top_1"])).any():
            found.append(row)
    return found


# two columns are not rows
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    before = ordered["top_1"].cummax().shift(fill_value=float("-inf"))
    return ordered.loc[ordered["top_1"] > before, ["multiply_adds", "top_1"]]


# how many
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    before = ordered["top_1"].cummax().shift(fill_value=float("-inf"))
    return (ordered["top_1"] > before).sum()


# the best ratio
# %% wrong="4x.3"
def unbeaten(table):
    ratio = table["top_1"] / table["multiply_adds"]
    return table[ratio == ratio.max()]


# better than the mean ratio
# %% wrong="4x.3"
def unbeaten(table):
    ratio = table["top_1"] / table["multiply_adds"]
    return table[ratio >= ratio.mean()]


# the notebook's table
# %% wrong="4x.3"
def unbeaten(table):
    ordered = mobilenets.sort_values("multiply_adds")
    before = ordered["top_1"].cummax().shift(fill_value=float("-inf"))
    return ordered[ordered["top_1"] > before]


# `drop` in place returns None
# %% wrong="4x.3"
def unbeaten(table):
    beaten = [
        i
        for i, row in table.iterrows()
        if ((table["multiply_adds"] < row["multiply_adds"]) & (table["top_1"] >= row["top_1"])).any()
    ]
    return table.copy().drop(index=beaten, inplace=True)


# `drop` gives a new table, which is dropped
# %% wrong="4x.3"
def unbeaten(table):
    for i, row in table.iterrows():
        if ((table["multiply_adds"] < row["multiply_adds"]) & (table["top_1"] >= row["top_1"])).any():
            table.drop(index=i)
    return table


# it returns at the first that nobody beats
# %% wrong="4x.3"
def unbeaten(table):
    for i in range(len(table)):
        row = table.iloc[i]
        if not ((table["multiply_adds"] < row["multiply_adds"]) & (table["top_1"] >= row["top_1"])).any():
            return table.iloc[[i]]


# only networks as wide compete
# %% wrong="4x.3"
def unbeaten(table):
    ordered = table.sort_values("multiply_adds")
    before = ordered.groupby("width")["top_1"].transform(lambda top: top.cummax().shift(fill_value=-1))
    return ordered[ordered["top_1"] > before]


# the best of each width
# %% wrong="4x.3"
def unbeaten(table):
    return table.loc[table.groupby("width")["top_1"].idxmax()]


# beaten only if all cheaper ones are at least as accurate
# %% wrong="4x.3"
def unbeaten(table):
    keep = []
    for _, row in table.iterrows():
        cheaper = table[table["multiply_adds"] < row["multiply_adds"]]
        keep.append(len(cheaper) == 0 or not (cheaper["top_1"] >= row["top_1"]).all())
    return table[keep]


# places used as if they were labels, and the order of cost forgotten
# %% wrong="4x.3"
def unbeaten(table):
    import numpy as np

    order = np.argsort(table["multiply_adds"].to_numpy())
    top = table["top_1"].to_numpy()[order]
    keep = top > np.r_[-np.inf, np.maximum.accumulate(top)[:-1]]
    return table[keep]


# each is asked against the first row alone
# %% wrong="4x.3"
def unbeaten(table):
    first = table.iloc[0]
    return table[~((first["multiply_adds"] < table["multiply_adds"]) & (first["top_1"] >= table["top_1"]))]


# %% wrong="4x.3"
def unbeaten(table):
    return table.nlargest(14, "top_1")


# the last other one decides
# %% wrong="4x.3"
def unbeaten(table):
    keep = []
    for row in table.itertuples():
        for other in table.itertuples():
            beaten = other.multiply_adds < row.multiply_adds and other.top_1 >= row.top_1
        keep.append(not beaten)
    return table[keep]


# %% untried="4x.4"
def look_up(names, taught): ...  # your code here


# %% right="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [plain(name) in known for name in names]


# %% right="4x.4"
def look_up(names, taught):
    import re

    known = [re.sub(r"[\s_-]+", "", name).casefold() for name in taught]
    return [re.sub(r"[\s_-]+", "", name).casefold() in known for name in names]


# %% right="4x.4"
def look_up(names, taught):
    drop = str.maketrans("", "", "_- ")
    answers = []
    for name in names:
        found = False
        for other in taught:
            if name.translate(drop).upper() == other.translate(drop).upper():
                found = True
                break
        answers.append(found)
    return answers


# %% right="4x.4"
def look_up(names, taught):
    mine = pd.Series(list(names), dtype=object).str.lower().str.replace(r"[-_ ]", "", regex=True)
    theirs = pd.Series(list(taught), dtype=object).str.lower().str.replace(r"[-_ ]", "", regex=True)
    return mine.isin(theirs).tolist()


# one of the separators must stand
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = {" ".join(re.split(r"[\s_-]+", name.strip().lower())) for name in taught}
    return [" ".join(re.split(r"[\s_-]+", name.strip().lower())) in known for name in names]


# as above, and two spaces are not one
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.lower().replace("_", " ").replace("-", " ") for name in taught]
    return [name.lower().replace("_", " ").replace("-", " ") in known for name in names]


# %% wrong="4x.4"
def look_up(names, taught):
    return [name in taught for name in names]


# capitals alone
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.lower() for name in taught]
    return [name.lower() in known for name in names]


# everything but capitals
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = [re.sub("[-_ ]", "", name) for name in taught]
    return [re.sub("[-_ ]", "", name) in known for name in names]


# hyphens forgotten
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.lower().replace("_", "").replace(" ", "") for name in taught]
    return [name.lower().replace("_", "").replace(" ", "") in known for name in names]


# underscores forgotten
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.lower().replace("-", "").replace(" ", "") for name in taught]
    return [name.lower().replace("-", "").replace(" ", "") in known for name in names]


# `\w` and `\W`: an underscore belongs to words
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = [re.sub(r"\W", "", name).lower() for name in taught]
    return [re.sub(r"\W", "", name).lower() in known for name in names]


# a range from space to underscore: capitals go, before they are made small
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = [re.sub("[ -_]", "", name).lower() for name in taught]
    return [re.sub("[ -_]", "", name).lower() in known for name in names]


# the names are made plain, those taught are not
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    return [plain(name) in taught for name in names]


# those taught are made plain, the names are not
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [name in known for name in names]


# the exercise's one case
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.replace("-", " ") for name in taught]
    return [name in known for name in names]


# the spellings that the exercise shows, for names in two words with capitals
# %% wrong="4x.4"
def look_up(names, taught):
    return [name.replace("_", " ").title() in taught for name in names]


# a part of a name is enough
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    return [any(plain(name) in plain(other) for other in taught) for name in names]


# a part the other way round
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    return [any(plain(other) in plain(name) for other in taught) for name in names]


# all the taught in one text
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = re.sub("[-_ ]", "", "".join(taught)).lower()
    return [re.sub("[-_ ]", "", name).lower() in known for name in names]


# like enough
# %% wrong="4x.4"
def look_up(names, taught):
    from difflib import get_close_matches

    known = [name.lower() for name in taught]
    return [bool(get_close_matches(name.lower(), known, n=1)) for name in names]


# the same letters in any order
# %% wrong="4x.4"
def look_up(names, taught):
    def letters(name):
        return sorted(c for c in name.lower() if c not in "-_ ")

    known = [letters(name) for name in taught]
    return [letters(name) in known for name in names]


# only a to z count
# %% wrong="4x.4"
def look_up(names, taught):
    import re

    known = {re.sub("[^a-z]", "", name.lower()) for name in taught}
    return [re.sub("[^a-z]", "", name.lower()) in known for name in names]


# the last word alone
# %% wrong="4x.4"
def look_up(names, taught):
    def last(name):
        return name.lower().replace("_", " ").replace("-", " ").split()[-1]

    return [last(name) in [last(other) for other in taught] for name in names]


# one for each of those taught
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    mine = {plain(name) for name in names}
    return [plain(name) in mine for name in taught]


# pairs in the same places
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    return [plain(a) == plain(b) for a, b in zip(names, taught)]


# the names that are taught
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [name for name in names if plain(name) in known]


# a dict
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return {name: plain(name) in known for name in names}


# one answer for all
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return all(plain(name) in known for name in names)


# how many
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return sum(plain(name) in known for name in names)


# returns after the first
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    answers = []
    for name in names:
        answers.append(plain(name) in [plain(other) for other in taught])
        return answers


# answers for each pair, not for each name
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    answers = []
    for name in names:
        for other in taught:
            answers.append(plain(name) == plain(other))
    return answers


# not taught
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [plain(name) not in known for name in names]


# a generator is used up at the first name that is not there
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = (plain(name) for name in taught)
    return [plain(name) in known for name in names]


# each name once, sorted
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [name in known for name in sorted({plain(name) for name in names})]


# the first hyphen, the first underscore, the first space
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "", 1).replace("-", "", 1).replace(" ", "", 1)

    known = {plain(name) for name in taught}
    return [plain(name) in known for name in names]


# the network's list in place of the argument
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in class_names(course.backbone)}
    return [plain(name) in known for name in names]


# the notebook's birds in place of the argument
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [plain(bird) in known for bird in birds.class_names]


# only at the ends
# %% wrong="4x.4"
def look_up(names, taught):
    known = [name.lower().strip("-_ ") for name in taught]
    return [name.lower().strip("-_ ") in known for name in names]


# as texts
# %% wrong="4x.4"
def look_up(names, taught):
    def plain(name):
        return name.lower().replace("_", "").replace("-", "").replace(" ", "")

    known = {plain(name) for name in taught}
    return [str(plain(name) in known) for name in names]


# %% untried="4x.5"
def first_enough(table, points): ...  # your code here


# %% right="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    enough = trained.ge(trained.max(axis=1) - points, axis=0)
    return enough.idxmax(axis=1).to_dict()


# %% right="4x.5"
def first_enough(table, points):
    result = {}
    for (kind, weights), row in table.iterrows():
        if weights != "trained":
            continue
        for layer in table.columns:
            if row[layer] >= row.max() - points:
                result[kind] = layer
                break
    return result


# %% right="4x.5"
def first_enough(table, points):
    return {
        kind: next(layer for layer, value in row.items() if value >= max(row) - points)
        for (kind, weights), row in table.iterrows()
        if weights == "trained"
    }


# %% right="4x.5"
def first_enough(table, points):
    import numpy as np

    kinds = table.index.get_level_values(0)[table.index.get_level_values(1) == "trained"]
    numbers = table.to_numpy()[table.index.get_level_values(1) == "trained"]
    places = np.argmax(numbers >= numbers.max(axis=1, keepdims=True) - points, axis=1)
    return {kind: table.columns[place] for kind, place in zip(kinds, places)}


# from the end to the start: the last to be written is the first layer
# %% right="4x.5"
def first_enough(table, points):
    result = {}
    for kind in set(table.index.get_level_values("pictures")):
        row = table.loc[(kind, "trained")]
        for layer in reversed(list(row.index)):
            if not row[layer] < row.max() - points:
                result[kind] = layer
    return result


# the random ones
# %% wrong="4x.5"
def first_enough(table, points):
    weights = table.xs("random", level="weights")
    return weights.ge(weights.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# the mean of trained and random
# %% wrong="4x.5"
def first_enough(table, points):
    mean = table.groupby(level="pictures").mean()
    return mean.ge(mean.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# what training adds: trained minus random
# %% wrong="4x.5"
def first_enough(table, points):
    gained = table.xs("trained", level="weights") - table.xs("random", level="weights")
    return gained.ge(gained.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# the best layer
# %% wrong="4x.5"
def first_enough(table, points):
    return table.xs("trained", level="weights").idxmax(axis=1).to_dict()


# no `break`: the last that will do
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for (kind, weights), row in table.iterrows():
        if weights == "trained":
            for layer in table.columns:
                if row[layer] >= row.max() - points:
                    result[kind] = layer
    return result


# all that will do
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return {kind: list(row.index[row >= row.max() - points]) for kind, row in trained.iterrows()}


# the best of all sets
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return (trained >= trained.max().max() - points).idxmax(axis=1).to_dict()


# the best of each layer: the wrong axis
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return (trained >= trained.max() - points).idxmax(axis=1).to_dict()


# the wrong axis at the end: for each layer a set
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax().to_dict()


# a share of the best
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) * (1 - points), axis=0).idxmax(axis=1).to_dict()


# points as percent
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - points / 100, axis=0).idxmax(axis=1).to_dict()


# the end in place of the best
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.iloc[:, -1] - points, axis=0).idxmax(axis=1).to_dict()


# near the last one, above or below
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        result[kind] = next(layer for layer in row.index if abs(row[layer] - row["last"]) <= points)
    return result


# where the next layer adds no more than `points`
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        steps = row.diff().shift(-1).fillna(0)
        result[kind] = (steps <= points).idxmax()
    return result


# the layer before the first that will do
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        place = int((row >= row.max() - points).to_numpy().argmax())
        result[kind] = row.index[place - 1]
    return result


# the places of layers
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    places = trained.ge(trained.max(axis=1) - points, axis=0).to_numpy().argmax(axis=1)
    return dict(zip(trained.index, places.tolist()))


# accuracies in place of names
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return {kind: row[row >= row.max() - points].iloc[0] for kind, row in trained.iterrows()}


# a Series
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1)


# a list
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1).tolist()


# names by pairs of set and weights, the random ones, too
# %% wrong="4x.5"
def first_enough(table, points):
    return table.ge(table.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# pairs, of the trained alone
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table[table.index.get_level_values("weights") == "trained"]
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# sets by layers
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    found = trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1)
    return {layer: kind for kind, layer in found.items()}


# the layers by the alphabet: block_10 before block_4
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights").sort_index(axis=1)
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# the worst that will do
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        result[kind] = row[row >= row.max() - points].idxmin()
    return result


# the first set alone
# %% wrong="4x.5"
def first_enough(table, points):
    for kind, row in table.xs("trained", level="weights").iterrows():
        for layer in table.columns:
            if row[layer] >= row.max() - points:
                return {kind: layer}


# only the first layer is tried
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        for layer in table.columns:
            result[kind] = layer if row[layer] >= row.max() - points else row.idxmax()
            break
    return result


# the best so far in place of the best
# %% wrong="4x.5"
def first_enough(table, points):
    result = {}
    for kind, row in table.xs("trained", level="weights").iterrows():
        best = 0
        for layer in table.columns:
            best = max(best, row[layer])
            if row[layer] >= best - points:
                result.setdefault(kind, layer)
    return result


# two points, whatever was asked
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - 0.02, axis=0).idxmax(axis=1).to_dict()


# the notebook's runs in place of the argument
# %% wrong="4x.5"
def first_enough(table, points):
    own = runs.pivot_table("accuracy", ["pictures", "weights"], "layer")[depths]
    trained = own.xs("trained", level="weights")
    return trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()


# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    print(trained.ge(trained.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict())


# one layer that will do for all sets
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.xs("trained", level="weights")
    enough = trained.ge(trained.max(axis=1) - points, axis=0).all()
    return enough.idxmax()


# always the end
# %% wrong="4x.5"
def first_enough(table, points):
    return {kind: table.columns[-1] for kind in table.index.get_level_values("pictures")}


# every second row: only as long as random comes before trained for each set
# %% wrong="4x.5"
def first_enough(table, points):
    trained = table.iloc[1::2]
    return {kind: (row >= row.max() - points).idxmax() for (kind, _), row in trained.iterrows()}
